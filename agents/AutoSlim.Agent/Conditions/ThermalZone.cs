namespace AutoSlim.Agent.Conditions;

/// <summary>One of the system's sensors.</summary>
/// <param name="Folder">Under <c>/sys/class/thermal</c>.</param>
/// <param name="Name">For a person: <c>thermal_zone0 (cpu-thermal)</c>.</param>
/// <param name="Trip">Read once: systems change it rarely, and phones have a hundred zones.</param>
internal sealed record ThermalZone(string Folder, string Name, ThermalTrip? Trip)
{
    private const double MinimumCelsius = -40;
    private const double MaximumCelsius = 150;

    /// <summary>What the sensor shows, -40 to 150; null for one that gives an error, or a value that no working device has.</summary>
    public double? Celsius => SystemFiles.Number(Path.Combine(Folder, "temp")) / 1000.0 is double value and > MinimumCelsius and <= MaximumCelsius ? value : null;

    public static IReadOnlyList<ThermalZone> All(string root) =>
        [.. SystemFiles.Entries(Path.Combine(root, "sys/class/thermal"), "thermal_zone").Select(folder => new ThermalZone(folder, NameOf(folder), ThermalTrip.LowestOf(folder)))];

    /// <summary>Why the zone is too hot, or null.</summary>
    /// <param name="maximumCelsius">A person's own trip; null for none.</param>
    public string? TooHot(double? maximumCelsius)
    {
        if (Celsius is not double celsius) return null;
        if (celsius >= Trip?.Celsius) return FormattableString.Invariant($"{Name} is at {celsius:0.#} C, its {Trip.Kind} trip at {Trip.Celsius:0.#} C");
        return celsius >= maximumCelsius ? FormattableString.Invariant($"{Name} is at {celsius:0.#} C, the maximum temperature asked for is {maximumCelsius:0.#} C") : null;
    }

    private static string NameOf(string folder) =>
        SystemFiles.Text(Path.Combine(folder, "type")) is string type ? $"{Path.GetFileName(folder)} ({type})" : Path.GetFileName(folder);
}

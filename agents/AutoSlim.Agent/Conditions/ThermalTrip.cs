namespace AutoSlim.Agent.Conditions;

/// <summary>A temperature from which on the system cools at the cost of speed.</summary>
/// <param name="Kind"><c>passive</c>, <c>hot</c> or <c>critical</c>: an <c>active</c> one only starts a fan.</param>
/// <param name="Celsius">20 to 150.</param>
internal sealed record ThermalTrip(string Kind, double Celsius)
{
    /// <summary>Drivers say 0 or less for a trip that nobody has set.</summary>
    public const double MinimumCelsius = 20;

    public const double MaximumCelsius = 150;

    private const string TypeSuffix = "_type";
    private static readonly string[] Slowing = ["passive", "hot", "critical"];

    /// <summary>The lowest of a zone's, or null when it has none, or is not watched by the system.</summary>
    public static ThermalTrip? LowestOf(string zone) => SystemFiles.Text(Path.Combine(zone, "mode")) == "disabled" ? null : SystemFiles
        .Entries(zone, "trip_point_")
        .Where(file => file.EndsWith(TypeSuffix, StringComparison.Ordinal))
        .Select(Read)
        .OfType<ThermalTrip>()
        .MinBy(trip => trip.Celsius);

    private static ThermalTrip? Read(string typeFile)
    {
        var kind = SystemFiles.Text(typeFile);
        var celsius = SystemFiles.Number(typeFile[..^TypeSuffix.Length] + "_temp") / 1000.0;
        return Slowing.Contains(kind) && celsius is >= MinimumCelsius and <= MaximumCelsius ? new(kind!, celsius.Value) : null;
    }
}

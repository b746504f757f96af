using System.Collections.Concurrent;
using AutoSlim.Costs.Import;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>
/// What one device measured, by entry name. An operator's price is its time in context minus its context's; in an imported table it is
/// the time itself. What is missing is the work queue: a lost device or a restart needs no other state. Threads may price at once, while
/// none records.
/// </summary>
/// <param name="device">Whose times these are.</param>
public sealed class CostTable(DeviceDescription device)
{
    private readonly SortedDictionary<string, Measurement> measurements = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NetworkMemory> memories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<LayerSignature, double> prices = [];
    private readonly HashSet<string> unsaved = [];
    private readonly HashSet<string> unsavedMemories = [];
    private CostSurfaces? surfaces;

    public DeviceDescription Device { get; } = device;

    /// <summary>Everything recorded, sorted by name.</summary>
    public IReadOnlyDictionary<string, Measurement> Measurements => measurements;

    /// <summary>What networks took of memory, sorted by name.</summary>
    public IReadOnlyDictionary<string, NetworkMemory> Memories => memories;

    /// <summary>Measured operators that took no longer than their context, sorted by name: they are priced at 0.</summary>
    public IReadOnlyList<LayerSignature> TooQuickToTell => Surfaces.TooQuickToTell;

    /// <summary>See <see cref="DeviceAlignment"/>; none as long as that has not been measured.</summary>
    public int Alignment => DeviceAlignment.Of(this) ?? DeviceAlignment.None;

    /// <summary>Whether somebody else timed the operators, alone or in blocks, see <see cref="TableImport"/>: there are no contexts and no networks.</summary>
    public bool IsImported => Device.IsImported();

    private CostSurfaces Surfaces => surfaces ??= new(this);

    /// <summary>Adds a measurement, in place of an older one of the same entry.</summary>
    /// <exception cref="ArgumentException">The measurement contradicts itself.</exception>
    /// <exception cref="FormatException">No entry has this name.</exception>
    public void Record(string name, Measurement measurement)
    {
        if (measurement.Problem() is string problem) throw new ArgumentException($"entry '{name}': {problem}", nameof(measurement));
        ProbeEntry.OperatorNamed(name);
        measurements[name] = measurement;
        unsaved.Add(name);
        surfaces = null;
        prices.Clear();
    }

    /// <summary>Adds what a network took of memory, in place of what an older measurement said.</summary>
    /// <exception cref="ArgumentException">The memory contradicts itself.</exception>
    /// <exception cref="FormatException">No network has this name.</exception>
    public void RecordMemory(string name, NetworkMemory memory)
    {
        if (memory.Problem() is string problem) throw new ArgumentException($"memory of '{name}': {problem}", nameof(memory));
        if (!ProbeEntry.IsNetwork(name)) throw new FormatException($"memory of '{name}': only networks have one");
        memories[name] = memory;
        unsavedMemories.Add(name);
    }

    /// <summary>Everything recorded so far is in a file.</summary>
    internal void MarkSaved()
    {
        unsaved.Clear();
        unsavedMemories.Clear();
    }

    /// <summary>Adds what another table of the device recorded since it was read or saved.</summary>
    internal void TakeUnsaved(CostTable other)
    {
        foreach (var name in other.unsaved) Record(name, other.measurements[name]);
        foreach (var name in other.unsavedMemories) RecordMemory(name, other.memories[name]);
    }

    /// <summary>The operators, and their contexts where there are any, that have no usable measurement yet: distinct, in the order of first need.</summary>
    public IReadOnlyList<ProbeEntry> Missing(IEnumerable<LayerSignature> signatures) => Missing(signatures.SelectMany(signature =>
        IsImported ? [ProbeEntry.Operator(signature)] : new[] { ProbeEntry.Context(signature), ProbeEntry.Operator(signature) }));

    /// <inheritdoc cref="Missing(IEnumerable{LayerSignature})"/>
    public IReadOnlyList<ProbeEntry> Missing(IEnumerable<ProbeEntry> entries) => [.. entries.Distinct().Where(entry => Find(entry) is null)];

    /// <summary>The part of an operator's time that is its context's: none where it was timed alone, null where its context was not measured.</summary>
    internal double? ContextMicroseconds(LayerSignature signature) => IsImported ? 0 : Find(ProbeEntry.Context(signature))?.MedianMicroseconds;

    /// <summary>An entry's measurement when it is usable, else null.</summary>
    public Measurement? Find(ProbeEntry entry) => measurements.TryGetValue(entry.Name, out var found) && found.IsOk ? found : null;

    /// <summary>
    /// One run of an operator: as measured, or else interpolated bilinearly in input and output channels between the tightest measured
    /// widths around it. In an imported table, what is inside the times of others costs nothing (additions, pooling, squeeze and excitation),
    /// and an operator whose activation was not timed costs what it does without.
    /// </summary>
    /// <exception cref="MissingCostException">No measured widths lie around it.</exception>
    public double PriceMicroseconds(LayerSignature signature) =>
        prices.GetOrAdd(signature, asked => Surfaces.Price(asked) ?? throw new MissingCostException(asked));

    /// <summary>Whether <see cref="PriceMicroseconds"/> has a price.</summary>
    public bool CanPrice(LayerSignature signature) => Surfaces.Price(signature) is not null;

    /// <summary>The sum over all operators of a network: what <see cref="LatencyCalibration"/> turns into its latency.</summary>
    /// <exception cref="MissingCostException">An operator cannot be priced.</exception>
    public double SumMilliseconds(ResolvedNetwork network) => network.Signatures.Sum(PriceMicroseconds) / 1000;
}

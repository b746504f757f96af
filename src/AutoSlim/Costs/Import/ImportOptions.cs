namespace AutoSlim.Costs.Import;

/// <summary>What a foreign table does not say of itself.</summary>
public sealed record ImportOptions
{
    public const int MaximumBatch = 4096;

    public required ImportFormat Format { get; init; }

    /// <summary>Images in the batch that was timed, 1 to 4096; each is charged an equal share. 1 by default for block tables, needed for NetAdapt.</summary>
    public int? Batch { get; init; }

    /// <summary>Of a time in the file; null for what the format's own programs write: seconds for NetAdapt, milliseconds for block tables.</summary>
    public TimeUnit? Unit { get; init; }

    /// <summary>From a time in the file to microseconds for one image.</summary>
    internal double Microseconds(double time) => time * UnitMicroseconds / (Batch ?? 1);

    /// <summary>What is wrong with the options; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        if (Batch is < 1 or > MaximumBatch) return [$"the batch is {Batch}, expected 1 to {MaximumBatch} images"];
        return Batch is null && Format == ImportFormat.NetAdapt
            ? ["a NetAdapt table holds the seconds of a batch and not its size: say it (--batch N; its build_lookup_table.py takes 128 unless it was changed)"]
            : [];
    }

    private double UnitMicroseconds => (Unit ?? (Format == ImportFormat.NetAdapt ? TimeUnit.Seconds : TimeUnit.Milliseconds)) switch
    {
        TimeUnit.Seconds => 1e6,
        TimeUnit.Milliseconds => 1e3,
        TimeUnit.Microseconds => 1,
        var other => throw new ArgumentOutOfRangeException(nameof(Unit), other, "expected seconds, milliseconds or microseconds"),
    };
}

namespace AutoSlim.Profiling;

/// <summary>What became of a report; whichever it is, the agent may forget the report.</summary>
public enum ProbeReceipt
{
    /// <summary>It is on the host's disk.</summary>
    Stored,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>The probe was given out again since, or nobody asked for it: it is not taken.</summary>
    Stale,

    /// <summary>It has no form that a report may have.</summary>
    Refused,
}

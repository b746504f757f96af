namespace AutoSlim.Host.Stages;

/// <summary>What profiling does about a device that does not keep one speed.</summary>
internal enum Steadiness
{
    /// <summary>Waits for it, measures again, and gives up in the end.</summary>
    Required,

    /// <summary>Waits for it, measures again, and in the end takes its times as they are, with a notice.</summary>
    Preferred,

    /// <summary>Takes its times as they are from the first, and tells how far they were off.</summary>
    Ignored,
}

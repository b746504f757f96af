namespace AutoSlim.Training.Optimisation;

/// <summary>How the learning rate goes from its peak to the end.</summary>
public enum ScheduleKind
{
    /// <summary>Falls evenly to 0.</summary>
    Linear,

    /// <summary>Falls to 0 along half a cosine.</summary>
    Cosine,

    /// <summary>Falls by a factor at every milestone.</summary>
    Step,

    /// <summary>Stays.</summary>
    Constant,
}

namespace AutoSlim.Training.Optimisation;

/// <summary>How gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with Nesterov momentum: the paper's (section 4.1).</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,

    /// <summary>RMSprop with momentum, as MNasNet and MobileNet v3 are trained.</summary>
    RmsProp,
}

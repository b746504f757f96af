namespace AutoSlim.Host.Terminal;

/// <summary>Tells how far a stage has come; may be called from any thread and as often as wanted.</summary>
/// <param name="doneSteps">Steps done so far, of the stage's total.</param>
/// <param name="detail">What is worth a glance now, such as <c>epoch 3/8 loss 0.61</c>.</param>
public delegate void StageReport(long doneSteps, string detail = "");

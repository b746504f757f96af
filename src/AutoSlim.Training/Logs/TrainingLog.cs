using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Training.Logs;

/// <summary>
/// What a training tells of every step and of every epoch's end, in one folder: an event file for TensorBoard and, of the same
/// numbers, <c>steps.csv</c> and <c>epochs.csv</c>. A training that goes on has every step once.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    private readonly IReadOnlyList<string> roles;
    private readonly IReadOnlyList<string> heldOut;
    private readonly IReadOnlyList<string> stepNames;
    private readonly IReadOnlyList<string> epochNames;
    private readonly TimeProvider time;
    private readonly EventFile events;
    private readonly CsvFile steps;
    private readonly CsvFile epochs;
    private long lastStep;

    /// <param name="folder">Created when missing.</param>
    /// <param name="roles">What each member of a step is; those of one role are averaged.</param>
    /// <param name="heldOut">Whose scores on held-out images come at the end of every epoch.</param>
    /// <param name="stepsDone">Steps of the epochs that are whole and saved: what the folder holds of later ones is dropped. 0 to begin anew.</param>
    /// <param name="time">Dates the numbers and tells the images per second.</param>
    /// <exception cref="InvalidDataException">A table of an earlier sitting has other columns.</exception>
    public TrainingLog(string folder, IReadOnlyList<string> roles, IReadOnlyList<string> heldOut, int stepsDone, TimeProvider time)
    {
        (this.roles, this.heldOut, this.time) = (roles, heldOut, time);
        stepNames = [.. roles.Distinct().Select(role => $"loss/{role}"), "learning-rate", "gradient-norm", "images-per-second"];
        epochNames = [.. heldOut.SelectMany(name => new[] { $"held-out-loss/{name}", $"held-out-accuracy/{name}" })];
        Directory.CreateDirectory(folder);
        steps = new(Path.Combine(folder, "steps.csv"), stepNames, stepsDone);
        epochs = new(Path.Combine(folder, "epochs.csv"), epochNames, stepsDone);
        events = new(Path.Combine(folder, "events.out.tfevents.autoslim"), stepsDone, time);
        BeginEpoch();
    }

    /// <summary>Saving the epoch before is no time of the next one's first step.</summary>
    public void BeginEpoch() => lastStep = time.GetTimestamp();

    public void AddStep(TrainingProgress progress)
    {
        var seconds = time.GetElapsedTime(lastStep).TotalSeconds;
        var losses = roles.Zip(progress.Losses).GroupBy(member => member.First, member => member.Second).Select(role => role.Average());
        double[] values = [.. losses, progress.LearningRate, progress.GradientNorm, seconds > 0 ? progress.StepImages / seconds : 0];
        steps.Append(progress.Step, values);
        events.Append(progress.Step, stepNames, values);
        lastStep = time.GetTimestamp();
    }

    /// <summary>Call it before the epoch is saved: what is told of an epoch that was not saved is dropped, what was not told is missing.</summary>
    /// <param name="step">The epoch's last.</param>
    /// <param name="scores">Of all that are told of.</param>
    public void EndEpoch(int step, IReadOnlyDictionary<string, Score> scores)
    {
        double[] values = [.. heldOut.SelectMany(name => new[] { scores[name].Loss, scores[name].Accuracy })];
        epochs.Append(step, values);
        events.Append(step, epochNames, values);
        steps.Flush();
        epochs.Flush();
        events.Flush();
    }

    public void Dispose()
    {
        steps.Dispose();
        epochs.Dispose();
        events.Dispose();
    }
}

using System.Collections.Concurrent;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// The gradients of one step, its members side by side: the first learns the labels, the others its softmax (in-place
/// distillation; universally slimmable networks, section 3.4). They add up in the members' order, whoever finished first.
/// </summary>
internal sealed class SandwichStep : IDisposable
{
    private readonly IReadOnlyList<MemberPass> passes;
    private readonly ConcurrentQueue<MemberPass> students;
    private readonly TaskCompletionSource<Tensor> teacher = new();

    public SandwichStep(SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, Precision precision = Precision.Float32)
    {
        passes = [.. members.Select(member => new MemberPass(network, member, precision))];
        students = new(passes.Skip(1));
    }

    /// <summary>Adds to the gradients of the network's weights; the members' losses, nats.</summary>
    public IReadOnlyList<double> Run(Tensor images, Tensor labels, double labelSmoothing)
    {
        Action first = () => Teach(images, labels, labelSmoothing);
        TorchRuntime.SideBySide([first, .. passes.Skip(1).Select<MemberPass, Action>(_ => () => Learn(images))]);
        foreach (var pass in passes) pass.AddGradients();
        return [.. passes.Select(pass => pass.Loss)];
    }

    public void Dispose()
    {
        foreach (var pass in passes) pass.Dispose();
        if (teacher.Task.IsCompletedSuccessfully) teacher.Task.Result.Dispose();
    }

    private void Teach(Tensor images, Tensor labels, double labelSmoothing)
    {
        using var scope = NewDisposeScope();
        try
        {
            var logits = passes[0].Forward(images);
            teacher.SetResult(F.softmax(logits.detach(), 1).DetachFromDisposeScope());
        }
        catch (Exception fault)
        {
            teacher.SetException(fault);
            throw;
        }

        passes[0].Backward(logits => F.cross_entropy(logits, labels, label_smoothing: labelSmoothing));
    }

    /// <summary>Goes forward with as many students as there are while the teacher is not ready, and back with all of them.</summary>
    private void Learn(Tensor images)
    {
        using var scope = NewDisposeScope();
        var waiting = new Queue<MemberPass>();
        while (true)
        {
            if (waiting.Count > 0 && (teacher.Task.IsCompleted || students.IsEmpty)) waiting.Dequeue().Backward(Distil);
            else if (students.TryDequeue(out var student))
            {
                student.Forward(images);
                waiting.Enqueue(student);
            }
            else if (waiting.Count == 0) return;
        }
    }

    private Tensor Distil(Tensor logits) => -(teacher.Task.GetAwaiter().GetResult() * F.log_softmax(logits, 1)).sum(1).mean();
}

using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Agent.Models;

/// <summary>A model in the runtime with inputs and outputs allocated once: running it again allocates nothing.</summary>
internal sealed class BoundModel : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly InferenceSession session;
    private readonly RunOptions run;
    private readonly OrtIoBinding binding;

    /// <param name="onnx">The file's bytes.</param>
    /// <param name="settings">Of the runtime.</param>
    /// <param name="wantedShape">What open dimensions become, by position; 1 beyond its end.</param>
    /// <param name="cancellation">Interrupts a run at its next operator.</param>
    public BoundModel(byte[] onnx, RuntimeSettings settings, IReadOnlyList<long> wantedShape, CancellationToken cancellation)
    {
        try
        {
            session = Own(Load(onnx, settings));
            run = Own(new RunOptions());
            Own(cancellation.Register(() => run.Terminate = true));
            Inputs = [.. session.InputMetadata.Select(input => Own(InputTensor.Allocate(input.Key, input.Value, wantedShape)))];
            Outputs = Own(session.Run(run, [.. session.InputMetadata.Keys], Inputs, [.. session.OutputMetadata.Keys]));
            binding = Own(session.CreateIoBinding());
            foreach (var (name, value) in session.InputMetadata.Keys.Zip(Inputs)) binding.BindInput(name, value);
            foreach (var (name, value) in session.OutputMetadata.Keys.Zip(Outputs)) binding.BindOutput(name, value);
        }
        catch (Exception error)
        {
            Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (error is AgentException) throw;
            throw new AgentException($"the model cannot be run: {OneLine.Of(error)}");
        }
    }

    public IReadOnlyList<OrtValue> Inputs { get; }

    public IReadOnlyList<OrtValue> Outputs { get; }

    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public void Run()
    {
        try
        {
            session.RunWithBinding(run, binding);
        }
        catch (OnnxRuntimeException) when (run.Terminate)
        {
            throw new OperationCanceledException("the run was interrupted");
        }
    }

    public void Dispose()
    {
        foreach (var disposable in Enumerable.Reverse(owned)) disposable.Dispose();
        owned.Clear();
    }

    private static InferenceSession Load(byte[] onnx, RuntimeSettings settings)
    {
        using var options = settings.ToSessionOptions();
        return new InferenceSession(onnx, options);
    }

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        owned.Add(disposable);
        return disposable;
    }
}

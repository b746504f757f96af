using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Agent.Models;

/// <summary>A model in the runtime that keeps nothing from one run to the next: without the runtime's arena and its plan of one large block.</summary>
internal sealed class SparingModel : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly CancellationTokenRegistration interruption;

    /// <param name="onnx">The file's bytes.</param>
    /// <param name="settings">Of the runtime.</param>
    /// <param name="cancellation">Interrupts a run at its next operator.</param>
    /// <exception cref="AgentException">The model cannot be loaded.</exception>
    public SparingModel(byte[] onnx, RuntimeSettings settings, CancellationToken cancellation)
    {
        using var options = settings.ToSessionOptions();
        (options.EnableCpuMemArena, options.EnableMemoryPattern) = (false, false);
        try
        {
            session = new(onnx, options);
        }
        catch (OnnxRuntimeException error)
        {
            run.Dispose();
            throw new AgentException($"the model cannot be run: {OneLine.Of(error)}");
        }

        interruption = cancellation.Register(() => run.Terminate = true);
    }

    /// <summary>As a program would that gets an image: allocates it, runs, lets go of image and outputs.</summary>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public void Run()
    {
        List<OrtValue> inputs = [];
        try
        {
            foreach (var (name, input) in session.InputMetadata) inputs.Add(InputTensor.Allocate(name, input, []));
            foreach (var input in inputs) InputTensor.Fill(input, new(InputTensor.Seed));
            using var outputs = session.Run(run, [.. session.InputMetadata.Keys], inputs, [.. session.OutputMetadata.Keys]);
        }
        catch (OnnxRuntimeException) when (run.Terminate)
        {
            throw new OperationCanceledException("the run was interrupted");
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
        }
    }

    public void Dispose()
    {
        interruption.Dispose();
        run.Dispose();
        session.Dispose();
    }
}

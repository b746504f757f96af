using AutoSlim.Host.Dashboard.Reading;

namespace AutoSlim.Host.Serving.Api;

/// <summary>What runs under the work folder have made.</summary>
internal static class RunsApi
{
    public static void Map(IEndpointRouteBuilder operators) =>
        operators.MapGet("/runs/onnx", Onnx).WithSummary("The ONNX file of a network of a run, both by the names that the page shows.");

    private static IResult Onnx(string run, string network, RunCatalog catalog) => catalog.FindOnnx(run, network) is string path
        ? Results.File(path, "application/octet-stream", $"{run.Replace('/', '-')}-{network}.onnx", enableRangeProcessing: true)
        : Refusal.NotFound($"run '{run}' has no ONNX file of a network '{network}'");
}

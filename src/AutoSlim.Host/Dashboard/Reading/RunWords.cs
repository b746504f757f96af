namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>Addresses of runs: their names hold slashes.</summary>
internal static class RunWords
{
    public static string Address(string run) => $"runs/{string.Join('/', run.Split('/').Select(Uri.EscapeDataString))}";

    public static string OnnxAddress(string run, string network) => $"api/runs/onnx?run={Uri.EscapeDataString(run)}&network={Uri.EscapeDataString(network)}";
}

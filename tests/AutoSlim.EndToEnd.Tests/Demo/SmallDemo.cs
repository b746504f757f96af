using System.Text.Json;

namespace AutoSlim.EndToEnd.Tests.Demo;

/// <summary>A demo small enough for a test: a narrow supernet, few images, one epoch; every stage as real as in the large one.</summary>
internal static class SmallDemo
{
    /// <param name="folder">For the run.</param>
    /// <param name="profiles">Folder of the cost tables.</param>
    /// <param name="more">Further arguments.</param>
    public static string[] Arguments(string folder, string profiles, params string[] more) =>
    [
        "demo", "--out", Path.Combine(folder, "run"), "--profiles", profiles, "--max-width", "0.5",
        "--training-images", "700", "--search-images", "100", "--supernet-epochs", "2", "--final-epochs", "1", "--unsteady", .. more,
    ];

    public static JsonElement Summary(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run", "summary.json"))).RootElement;
}

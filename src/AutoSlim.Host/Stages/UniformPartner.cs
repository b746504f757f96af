using System.Globalization;
using System.Text.Json.Serialization;

namespace AutoSlim.Host.Stages;

/// <summary>The uniform network that a target is compared with.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Width">Width multiplier.</param>
public sealed record UniformPartner(string Target, double Width)
{
    /// <summary>How the folders' names begin.</summary>
    public const string FolderPrefix = "uniform-";

    /// <summary>Name of its folder in the run; two targets may share one.</summary>
    [JsonIgnore]
    public string Folder => FolderOf(Width);

    public static string FolderOf(double width) => string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{width:0.00}");

    /// <summary>The first that is slow enough, in the order of their times; null when none is.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="atLeastMilliseconds">What a partner must take.</param>
    /// <param name="measured">Milliseconds by width.</param>
    public static UniformPartner? Nearest(string target, double atLeastMilliseconds, IEnumerable<KeyValuePair<double, double>> measured) => measured
        .Where(width => width.Value >= atLeastMilliseconds).OrderBy(width => width.Value).Select(width => new UniformPartner(target, width.Key)).FirstOrDefault();
}

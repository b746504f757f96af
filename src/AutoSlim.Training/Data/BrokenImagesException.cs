namespace AutoSlim.Training.Data;

/// <summary>More image files are broken than are put up with; names them.</summary>
public sealed class BrokenImagesException : Exception
{
    private const int NamesShown = 20;

    internal BrokenImagesException(IReadOnlyList<BrokenImage> broken, int allowed)
        : base(string.Join(Environment.NewLine, Lines(broken, allowed))) => Problems = Lines(broken, allowed);

    /// <summary>One line per file, then what to do.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static IReadOnlyList<string> Lines(IReadOnlyList<BrokenImage> broken, int allowed) =>
    [
        .. broken.Take(NamesShown).Select(image => $"'{image.Path}' {image.Reason}"),
        .. broken.Count > NamesShown ? [$"and {broken.Count - NamesShown} more files"] : Array.Empty<string>(),
        $"{broken.Count} image files cannot be used, more than the {allowed} that are put up with; repair them (a run goes on only with the files that it began with), or go on with: autoslim train ... --resume --max-broken N",
    ];
}

namespace AutoSlim.Training.Data;

/// <summary>The broken files of one data set as they are met, each told once. In training another image of its class takes the place of one; elsewhere it is left out.</summary>
internal sealed class BrokenImages(ImageTreeOptions options, int images)
{
    private const int LeastAllowed = 10;
    private const int AllowedOneIn = 100;

    private readonly Lock guard = new();
    private readonly Dictionary<string, BrokenImage> known = [];

    /// <summary>Broken files that are put up with.</summary>
    public int Allowed { get; } = options.MaximumBroken ?? Math.Max(LeastAllowed, images / AllowedOneIn);

    /// <exception cref="BrokenImagesException">There are more than allowed.</exception>
    public void Add(BrokenImage broken)
    {
        lock (guard)
        {
            if (known.TryAdd(broken.Path, broken)) options.Notices.WriteLine($"data: '{broken.Path}' {broken.Reason}: it is skipped");
            if (known.Count > Allowed) throw new BrokenImagesException([.. known.Values.OrderBy(it => it.Path, StringComparer.Ordinal)], Allowed);
        }
    }
}

namespace AutoSlim.Training.Data;

/// <summary>
/// The training images in two disjoint parts: one that networks learn from, one that the search scores candidates on (paper section 3.3:
/// held-out images, never the test set).
/// </summary>
public sealed record ImageSplit(ImageSource Training, ImageSource Search)
{
    /// <summary>
    /// Holds out <paramref name="searchImages"/> images, every class in proportion (rounding goes to the classes with the largest
    /// remainder, then to the lower label). The same seed holds out the same images.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1, or so many that none is left to train on.</exception>
    public static ImageSplit HoldOut(ImageSource training, int searchImages, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(searchImages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(searchImages, training.Count);
        var byClass = ShuffledByClass(training, seed);
        var shares = Shares(byClass, searchImages, training.Count);
        var search = byClass.Zip(shares, (images, share) => images.Take(share)).SelectMany(images => images).Order().ToArray();
        var rest = byClass.Zip(shares, (images, share) => images.Skip(share)).SelectMany(images => images).Order().ToArray();
        return new(training.Subset(rest), training.Subset(search, "search"));
    }

    private static List<int[]> ShuffledByClass(ImageSource images, ulong seed)
    {
        var random = new SplitMix64(seed);
        var byLabel = images.Labels.ToArray().Index().ToLookup(pair => pair.Item, pair => pair.Index);
        var byClass = new List<int[]>();
        for (var label = 0; label < images.Classes; label++)
        {
            int[] members = [.. byLabel[label]];
            random.Shuffle(members.AsSpan());
            byClass.Add(members);
        }

        return byClass;
    }

    private static int[] Shares(List<int[]> byClass, int searchImages, int total)
    {
        int[] shares = [.. byClass.Select(images => (int)((long)images.Length * searchImages / total))];
        var byRemainder = Enumerable.Range(0, shares.Length).OrderByDescending(label => (long)byClass[label].Length * searchImages % total);
        foreach (var label in byRemainder.Take(searchImages - shares.Sum())) shares[label]++;
        return shares;
    }
}

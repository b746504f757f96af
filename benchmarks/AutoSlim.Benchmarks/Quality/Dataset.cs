namespace AutoSlim.Benchmarks.Quality;

/// <param name="Name">In results.</param>
/// <param name="Folder">Null for the images that ship with AutoSlim.</param>
internal sealed record Dataset(string Name, string? Folder)
{
    public const string Cifar10 = "cifar10";

    public const string FashionMnist = "fashion-mnist";
}

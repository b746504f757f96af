using AutoSlim.Networks;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class ScoringMemoryTests
{
    private static readonly NetworkDefinition Small = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 32, 3, 10));
    private static readonly NetworkDefinition Large = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 224, 3, 10));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 250)]
    [InlineData(251, 126)]
    [InlineData(400, 200)]
    [InlineData(501, 167)]
    public void Images_fill_all_batches_alike(int images, int batchSize) => Assert.Equal(batchSize, ScoringMemory.BatchSize(Small, images));

    [Fact]
    public void Large_images_come_in_smaller_batches_of_32_at_least() => Assert.InRange(ScoringMemory.BatchSize(Large, 10_000), 32, 100);
}

using AutoSlim.Host.Devices;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

public sealed class EvaluatingTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private const int Count = 70;
    private const int Channels = 3;
    private const int Size = 4;
    private const int Values = Channels * Size * Size;

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(32)]
    public async Task Logits_are_right_for_every_image_whatever_the_models_batch(int? batch)
    {
        var values = Enumerable.Range(0, Count * Values).Select(i => (float)(i / Values)).ToArray();
        var result = await EvaluateAsync(SmallModels.SumAndItsNegative(batch, Channels, Size), ImageBatch.Of(values, Count, Channels, Size, Size));
        Assert.Null(result.Reason);
        Assert.Equal(2, result.Classes);
        for (var image = 0; image < Count; image++) Assert.Equal([image * Values, -image * Values], result.Of(image).ToArray());
    }

    [Fact]
    public async Task Eight_bit_images_reach_a_float_model_between_zero_and_one()
    {
        var values = Enumerable.Repeat(byte.MaxValue, Values).ToArray();
        var result = await EvaluateAsync(SmallModels.SumAndItsNegative(null, Channels, Size), ImageBatch.Of(values, 1, Channels, Size, Size));
        Assert.Equal([Values, -Values], result.Logits);
    }

    [Fact]
    public async Task A_megabyte_of_logits_comes_back_whole()
    {
        const int Many = 150_000;
        var result = await EvaluateAsync(SmallModels.SumAndItsNegative(null, 1, 1), ImageBatch.Of(new byte[Many], Many, 1, 1, 1));
        Assert.Equal((2 * Many, null), (result.Logits.Length, result.Reason));
    }

    [Fact]
    public async Task Images_of_another_size_are_a_reason()
    {
        var result = await EvaluateAsync(SmallModels.SumAndItsNegative(1, Channels, Size), ImageBatch.Of(new byte[Channels * 25], 1, Channels, 5, 5));
        Assert.Equal("the model takes 1x3x4x4, the images are 3x5x5", result.Reason);
    }

    [Fact]
    public async Task A_garbage_model_is_a_reason()
    {
        var result = await EvaluateAsync([1, 2, 3], ImageBatch.Of(new byte[Values], 1, Channels, Size, Size));
        Assert.StartsWith("the model cannot be run: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => ImageBatch.Of(new float[5], 1, 2, 3, 1));

    private Task<Profiling.EvaluationResult> EvaluateAsync(byte[] model, ImageBatch images) =>
        running.Device.EvaluateAsync(model, images, TestContext.Current.CancellationToken);
}

using System.Text.Json;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Tests.Data;

public sealed class AugmentationTests
{
    public static TheoryData<AugmentationKind> Kinds => [.. Enum.GetValues<AugmentationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_kept_by_name(AugmentationKind kind)
    {
        var text = JsonSerializer.Serialize(new TrainingOptions { Augment = kind });
        Assert.Contains($"\"Augment\":\"{kind.ToString().ToLowerInvariant()}\"", text, StringComparison.Ordinal);
        Assert.Equal(kind, JsonSerializer.Deserialize<TrainingOptions>(text)!.Augment);
    }

    [Theory]
    [InlineData("true", AugmentationKind.Shift)]
    [InlineData("false", AugmentationKind.None)]
    public void Files_of_before_there_were_names_are_understood(string value, AugmentationKind kind) =>
        Assert.Equal(kind, JsonSerializer.Deserialize<TrainingOptions>($$"""{"Augment":{{value}}}""")!.Augment);

    [Theory]
    [InlineData("1")]
    [InlineData("\"Shift\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Other_words_are_refused(string value) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TrainingOptions>($$"""{"Augment":{{value}}}"""));

    [Fact]
    public void Digits_are_moved_but_never_mirrored()
    {
        var (digits, clothes) = (Places(AugmentationKind.Digits), Places(AugmentationKind.Shift));
        Assert.Equal(Enumerable.Range(-2, 5), digits.Select(place => place.RowShift).Distinct().Order());
        Assert.Equal(Enumerable.Range(-2, 5), digits.Select(place => place.ColumnShift).Distinct().Order());
        Assert.DoesNotContain(digits, place => place.Mirrored);
        Assert.Contains(clothes, place => place.Mirrored);
    }

    [Fact]
    public void Each_kind_of_data_has_a_usual_one() => Assert.Equal(AugmentationKind.Shift, SyntheticImages.Numbered(1).UsualAugmentation);

    private static List<Placement> Places(AugmentationKind kind)
    {
        var random = new SplitMix64(1);
        return [.. Enumerable.Range(0, 200).Select(_ => Augmentation.Of(kind).Draw(ref random))];
    }
}

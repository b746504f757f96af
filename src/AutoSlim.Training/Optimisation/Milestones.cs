using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoSlim.Training.Optimisation;

/// <summary>When a stepwise learning rate falls: fractions of all steps, compared by value. As JSON an array of numbers.</summary>
[JsonConverter(typeof(AsArray))]
public sealed class Milestones(params IEnumerable<double> fractions) : IEquatable<Milestones>
{
    public IReadOnlyList<double> Fractions { get; } = [.. fractions];

    /// <summary>Whether they rise, all above 0 and below 1.</summary>
    internal bool AreInOrder => Fractions.All(fraction => fraction is > 0 and < 1) && Fractions.Zip(Fractions.Skip(1)).All(pair => pair.First < pair.Second);

    /// <summary>From numbers with commas between them; null when they are none.</summary>
    public static Milestones? Parse(string text)
    {
        var fractions = new List<double>();
        foreach (var word in text.Split(','))
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)) return null;
            fractions.Add(fraction);
        }

        return new(fractions);
    }

    public override string ToString() => string.Join(',', Fractions.Select(fraction => fraction.ToString(CultureInfo.InvariantCulture)));

    public bool Equals(Milestones? other) => other is not null && Fractions.SequenceEqual(other.Fractions);

    public override bool Equals(object? obj) => Equals(obj as Milestones);

    public override int GetHashCode() => Fractions.Aggregate(Fractions.Count, HashCode.Combine);

    private sealed class AsArray : JsonConverter<Milestones>
    {
        public override bool HandleNull => true;

        public override Milestones Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<double[]>(ref reader, options) ?? throw new JsonException("milestones are null, expected an array of numbers"));

        public override void Write(Utf8JsonWriter writer, Milestones value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Fractions, options);
    }
}

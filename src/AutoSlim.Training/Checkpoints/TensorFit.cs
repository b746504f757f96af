namespace AutoSlim.Training.Checkpoints;

/// <summary>Compares the tensors of a file with those that a network has.</summary>
internal static class TensorFit
{
    /// <param name="found">What the file holds.</param>
    /// <param name="required">What it must hold, with shapes.</param>
    /// <param name="optional">What it may hold besides.</param>
    /// <returns>One line for every missing, mis-shaped or unexpected tensor.</returns>
    public static IEnumerable<string> Problems(
        IReadOnlyDictionary<string, StoredTensor> found, IReadOnlyDictionary<string, long[]> required, IReadOnlyDictionary<string, long[]> optional)
    {
        var missing = required.Keys.Where(name => !found.ContainsKey(name)).Select(name => $"tensor '{name}' is missing");
        var wrong = required.Concat(optional).Select(it => found.TryGetValue(it.Key, out var tensor) ? Problem(it.Key, tensor, it.Value) : null);
        var unexpected = found.Keys.Where(name => !required.ContainsKey(name) && !optional.ContainsKey(name)).Order(StringComparer.Ordinal);
        return [.. missing, .. wrong.OfType<string>(), .. unexpected.Select(name => $"tensor '{name}' is unexpected: the network has none of that name")];
    }

    private static string? Problem(string name, StoredTensor tensor, long[] shape) =>
        tensor.Type == ElementType.F32 && tensor.Shape.SequenceEqual(shape)
            ? null
            : $"tensor '{name}' is {tensor.Type} of shape [{string.Join(", ", tensor.Shape)}], expected F32 of shape [{string.Join(", ", shape)}]";
}

using System.Globalization;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Costs;

/// <summary>
/// Something to measure: its key in a <see cref="CostTable"/> and the ONNX model to time. The name decides the model, so that entries
/// are equal by name and several operators share the measurement of one context.
/// </summary>
/// <param name="Name">One line, stable, readable.</param>
/// <param name="Model">Writes the model's bytes; only called for what is measured.</param>
public sealed record ProbeEntry(string Name, Func<byte[]> Model)
{
    private const string ContextPrefix = "context ";
    private const string NetworkPrefix = "network ";

    /// <summary>The operator inside its surroundings; named by its signature.</summary>
    public static ProbeEntry Operator(LayerSignature signature) => new(signature.ToString(), () => ProbeModel.InContext(signature));

    /// <summary>
    /// The surroundings alone: <c>context 48x14x14</c>. They depend on the shape that the operator reads and on whether it reads a
    /// second tensor, and on nothing else.
    /// </summary>
    public static ProbeEntry Context(LayerSignature signature) => new(ContextName(signature), () => ProbeModel.ContextOnly(signature));

    /// <summary>A whole network: <c>network mobilenet_v2 imagenet 1x28x28</c> and its published list, classes last.</summary>
    public static ProbeEntry Network(ResolvedNetwork network) => new(NetworkName(network), () => ProbeModel.ForNetwork(network));

    /// <summary>The operator that an entry's name stands for, or null for a context or a network.</summary>
    /// <exception cref="FormatException">A name that no entry has.</exception>
    public static LayerSignature? OperatorNamed(string name)
    {
        if (name.StartsWith(ContextPrefix, StringComparison.Ordinal) || IsNetwork(name)) return null;
        var signature = LayerSignature.Parse(name);
        return signature.ToString() == name ? signature : throw new FormatException($"operator '{name}' is not spelt '{signature}'");
    }

    /// <summary>The configuration that an entry's name stands for, or null for an operator, a context or another network.</summary>
    public static ChannelConfiguration? NetworkNamed(NetworkDefinition definition, string name)
    {
        var kind = KindOfNetwork(definition);
        if (!name.StartsWith(kind, StringComparison.Ordinal)) return null;
        var list = name[kind.Length..].Split(',').Select(width => int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0).ToList();
        try
        {
            return definition.FromPublished(list);
        }
        catch (InvalidChannelsException)
        {
            return null;
        }
    }

    /// <summary>Whether an entry's name stands for a whole network.</summary>
    public static bool IsNetwork(string name) => name.StartsWith(NetworkPrefix, StringComparison.Ordinal);

    public bool Equals(ProbeEntry? other) => other is not null && other.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    private static string ContextName(LayerSignature signature) =>
        $"{ContextPrefix}{signature.Input}{(signature.ReadsTwo ? $" {signature.Kind}" : "")}";

    private static string NetworkName(ResolvedNetwork network) =>
        $"{KindOfNetwork(network.Definition)}{string.Join(',', network.Definition.ToPublished(network.Configuration))}";

    private static string KindOfNetwork(NetworkDefinition definition) => $"{NetworkPrefix}{definition.Name} {definition.Specification.Layout.Word()} {definition.Input} ";
}

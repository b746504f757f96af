using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Pretrained;

/// <summary>
/// Weights that a supernet starts from, out of a safetensors file with our names or torchvision's. A tensor fits when its shape lies
/// between that of the narrowest and that of the widest network; it fills the first channels, and the others stay as they are.
/// Classes, colours and kernels have one size only.
/// </summary>
public sealed class PretrainedWeights
{
    private const double LeastShare = 0.5;
    private const string GammaEnd = ".gamma";

    private readonly NetworkDefinition definition;
    private readonly SafeTensorsFile file;
    private readonly ForeignNames names;
    private readonly List<string> fitting = [];
    private readonly List<string> misfits = [];
    private readonly List<string> missing = [];

    private PretrainedWeights(NetworkDefinition definition, SafeTensorsFile file)
    {
        (this.definition, this.file) = (definition, file);
        var (narrowest, widest) = (WeightShapes.Of(definition.Resolve(definition.Narrowest)), WeightShapes.Of(definition.Resolve(definition.Widest)));
        names = new[] { ForeignNames.Own(widest.Keys), TorchvisionNames.Of(definition) }.OfType<ForeignNames>().MaxBy(candidate => candidate.ByOurs.Values.Count(file.Tensors.ContainsKey))!;
        foreach (var name in widest.Keys) Sort(name, narrowest[name], widest[name]);
    }

    /// <summary>What starts from the file and what does not, one line each: for people.</summary>
    public IReadOnlyList<string> Report
    {
        get
        {
            var others = file.Tensors.Keys.Except(names.ByOurs.Values).Order(StringComparer.Ordinal).ToLookup(ForeignNames.IsNotNeeded);
            return
            [
                $"{fitting.Count} of {fitting.Count + misfits.Count + missing.Count} tensors of {definition.Name} start from it, by {names.Whose} names",
                .. misfits,
                .. Listed("missing, so left as initialised", missing.Select(name => names.ByOurs[name])),
                .. Listed("unexpected, so not used", others[false]),
                .. others[true].Any() ? new[] { $"not needed: {others[true].Count()} tensors of statistics or of a training under way; statistics are measured anew" } : [],
            ];
        }
    }

    /// <exception cref="CheckpointException">No safetensors file, or less than half of the network's tensors fit; with everything that does not.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static PretrainedWeights Read(string path, NetworkDefinition definition)
    {
        var weights = new PretrainedWeights(definition, SafeTensorsFile.Read(path));
        return weights.fitting.Count >= LeastShare * weights.names.ByOurs.Count
            ? weights
            : throw new CheckpointException($"'{path}' does not fit {definition.Name}, expected at least half of its tensors: {string.Join("; ", weights.Report)}");
    }

    /// <summary>Overwrites the first channels of what fits.</summary>
    /// <param name="network">A supernet of the definition that the file was read for.</param>
    public void CopyTo(SlimmableNetwork network)
    {
        using var noGradient = no_grad();
        foreach (var name in fitting)
        {
            using var scope = NewDisposeScope();
            var target = network.Weights[name];
            FirstChannels.Copy(tensor(Values(name), Trimmed(file.Tensors[names.ByOurs[name]].Shape, target.shape.Length), device: target.device), target);
        }
    }

    private void Sort(string name, long[] narrowest, long[] widest)
    {
        if (!file.Tensors.TryGetValue(names.ByOurs[name], out var found))
        {
            missing.Add(name);
            return;
        }

        var shape = Trimmed(found.Shape, widest.Length);
        if (found.Type != ElementType.I64 && shape.Length == widest.Length && shape.Index().All(size => narrowest[size.Index] <= size.Item && size.Item <= widest[size.Index])) fitting.Add(name);
        else misfits.Add($"does not fit: '{names.ByOurs[name]}' is {found.Type} [{string.Join(", ", found.Shape)}], {name} takes [{string.Join(", ", narrowest)}] to [{string.Join(", ", widest)}]");
    }

    /// <summary>
    /// A gamma trained with another epsilon is scaled so that, at the variance beside it, the layer gives what it gave: matters where
    /// the variance is small.
    /// </summary>
    private float[] Values(string name)
    {
        var values = file.Tensors[names.ByOurs[name]].ToFloats();
        if (names.BatchNormEpsilon == SlimmableNetwork.BatchNormEpsilon || !name.EndsWith(GammaEnd, StringComparison.Ordinal)) return values;
        if (!file.Tensors.TryGetValue(names.VarianceBeside(name), out var variance) || variance.Type == ElementType.I64 || variance.Shape.Count != 1 || variance.Shape[0] != values.Length) return values;
        return [.. values.Zip(variance.ToFloats(), (gamma, spread) => (float)(gamma * Math.Sqrt((spread + SlimmableNetwork.BatchNormEpsilon) / (spread + names.BatchNormEpsilon))))];
    }

    /// <summary>Without the last sizes of 1 that are too many: a 1x1 convolution as a matrix.</summary>
    private static long[] Trimmed(IReadOnlyList<long> shape, int dimensions)
    {
        var count = shape.Count;
        while (count > dimensions && shape[count - 1] == 1) count--;
        return [.. shape.Take(count)];
    }

    private static IEnumerable<string> Listed(string what, IEnumerable<string> tensors) => tensors.Any() ? [$"{what}: {string.Join(", ", tensors)}"] : [];
}

using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>The result of <c>describe</c>; its property order is the key order of <c>describe --json</c>.</summary>
internal sealed record NetworkDescription(
    string Network,
    string Layout,
    int Resolution,
    long MultiplyAdds,
    long Parameters,
    long PeakActivationBytes,
    IReadOnlyList<GroupDescription> Groups)
{
    public static NetworkDescription Of(Subject subject)
    {
        var (definition, configuration) = subject;
        var network = definition.Resolve(configuration);
        return new(
            definition.Name,
            definition.Specification.Layout.Word(),
            definition.Specification.Resolution,
            Costs.MultiplyAdds.Count(network),
            Costs.Parameters.Count(network),
            PeakActivation.Bytes(network),
            [.. definition.Groups.Select(group => new GroupDescription(group.Name, configuration[group.Name], group.Maximum, group.Minimum, group.Step))]);
    }
}

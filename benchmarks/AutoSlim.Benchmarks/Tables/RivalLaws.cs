using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>What others predict a network's latency by, in milliseconds.</summary>
/// <param name="Sum">Operators measured alone, added up: no calibration.</param>
/// <param name="Scale">The table's sum times one factor.</param>
/// <param name="MultiplyAdds">Multiply-adds times one factor.</param>
internal sealed record RivalLaws(Func<ResolvedNetwork, double> Sum, Func<ResolvedNetwork, double> Scale, Func<ResolvedNetwork, double> MultiplyAdds)
{
    /// <summary>Factors are fitted to the networks that calibrate our own law, by relative least squares.</summary>
    public static RivalLaws Of(NetworkDefinition definition, CostTable table, CostTable lone)
    {
        var anchors = Anchors.For(definition, table.Alignment);
        return new(lone.SumMilliseconds, Scaled(table.SumMilliseconds), Scaled(network => AutoSlim.Costs.MultiplyAdds.Count(network)));

        Func<ResolvedNetwork, double> Scaled(Func<ResolvedNetwork, double> amount)
        {
            var shares = anchors.Select(anchor => amount(anchor) / (table.Find(ProbeEntry.Network(anchor))!.MedianMicroseconds / 1000)).ToList();
            var factor = shares.Sum() / shares.Sum(share => share * share);
            return network => factor * amount(network);
        }
    }
}

using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>Scores the candidates of a configuration, lower is better: what the search asks of a trained supernet.</summary>
/// <returns>One loss per candidate, in their order.</returns>
public delegate IReadOnlyList<double> CandidateScores(ChannelConfiguration configuration, IReadOnlyList<ChannelConfiguration> candidates);

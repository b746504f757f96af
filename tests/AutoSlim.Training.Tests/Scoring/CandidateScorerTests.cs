using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class CandidateScorerTests : IDisposable
{
    private const int Images = 100;
    private const int BatchSize = 40;

    private readonly SlimmableNetwork network = TinyTraining.Network();
    private readonly CandidateScorer scorer;

    public CandidateScorerTests() => scorer = Scorer();

    private ChannelConfiguration Widest => network.Definition.Widest;

    private List<ChannelConfiguration> Candidates => [.. network.Definition.Groups.Select(Widest.Shrink).OfType<ChannelConfiguration>()];

    public void Dispose()
    {
        scorer.Dispose();
        network.Dispose();
        TorchRuntime.Load(1);
    }

    [Fact]
    public void Scores_with_a_shared_prefix_are_those_of_whole_passes()
    {
        var scores = scorer.Score(Widest, Candidates);
        Assert.All(Candidates.Zip(scores), it => Assert.Equal(FullPass(it.First), it.Second, 1e-5));
        Assert.True(scores.Distinct().Count() > Candidates.Count / 2, "the scores do not depend on the candidate");
    }

    [Fact]
    public void The_exhaustive_way_and_the_shared_one_give_the_same_scores()
    {
        using var exhaustive = Scorer(ScoringWay.Exhaustive);
        Assert.All(exhaustive.Score(Widest, Candidates).Zip(scorer.Score(Widest, Candidates)), it => Assert.Equal(it.First, it.Second, 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Batches_that_do_not_fit_into_memory_score_alike(int batchesThatFit)
    {
        using var little = Scorer(memoryLimitBytes: batchesThatFit * ScoringMemory.BytesPerImage(network.Definition) * BatchSize);
        var next = Candidates[^1];
        Assert.Equal(scorer.Score(Widest, Candidates), little.Score(Widest, Candidates));
        Assert.Equal(scorer.Score(next, [network.Definition.Narrowest]), little.Score(next, [network.Definition.Narrowest]));
    }

    [Fact]
    public void The_error_is_the_share_of_images_that_a_whole_pass_gets_wrong()
    {
        var logits = Evaluation.Logits(network, Widest, BatchNorm.OfBatch, EvenBatches());
        var expected = 1 - Evaluation.Of(logits, TinyTraining.Images(Images).Labels, 10).Accuracy;
        Assert.Equal(expected, Assert.Single(scorer.Score(Widest, [Widest], SearchScore.Error)), 1e-9);
    }

    [Fact]
    public void Scores_do_not_depend_on_the_order_of_the_candidates()
    {
        var scores = scorer.Score(Widest, Candidates);
        Assert.Equal(scores, scorer.Score(Widest, [.. Enumerable.Reverse(Candidates)]).Reverse());
    }

    [Fact]
    public void A_candidate_equal_to_the_base_has_its_score() =>
        Assert.Equal(FullPass(Widest), Assert.Single(scorer.Score(Widest, [Widest])), 1e-5);

    [Fact]
    public void Scores_do_not_depend_on_the_threads()
    {
        var scores = scorer.Score(Widest, Candidates);
        TorchRuntime.Load(2);
        Assert.Equal(scores, scorer.Score(Widest, Candidates));
    }

    /// <summary>A search scores the widest network first, alone; torch sums over large maps differently on all threads than on a candidate's.</summary>
    [Fact]
    public void A_base_that_was_scored_alone_scores_candidates_like_one_that_was_not()
    {
        TorchRuntime.Load(4);
        using CandidateScorer alone = Scorer(batchSize: Images), fresh = Scorer(batchSize: Images);
        alone.Score(Widest, [Widest]);
        Assert.Equal(fresh.Score(Widest, Candidates), alone.Score(Widest, Candidates));
    }

    /// <summary>A resumed search begins in the middle and must decide alike.</summary>
    [Fact]
    public void A_base_reached_step_by_step_scores_as_one_begun_with()
    {
        var current = Widest;
        foreach (var group in Enumerable.Reverse(network.Definition.Groups).Where((_, index) => index % 4 == 0))
        {
            current = current.Shrink(group) ?? current;
            scorer.Score(current, []);
        }

        using var fresh = Scorer();
        ChannelConfiguration[] candidates = [current, network.Definition.Narrowest, .. network.Definition.Groups.Select(current.Shrink).OfType<ChannelConfiguration>()];
        Assert.NotEqual(Widest, current);
        Assert.Equal(fresh.Score(current, candidates), scorer.Score(current, candidates));
    }

    [Fact]
    public void Scoring_leaves_no_tensor_behind()
    {
        scorer.Score(Widest, Candidates);
        var before = LiveTensors.Count();
        scorer.Score(Widest, Candidates);
        scorer.Score(network.Definition.Narrowest, []);
        scorer.Score(Widest, []);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private CandidateScorer Scorer(ScoringWay way = ScoringWay.Shared, long memoryLimitBytes = ScoringMemory.DefaultLimitBytes, int batchSize = BatchSize) =>
        new(network, TinyTraining.Images(Images), TinyTraining.Normalization, way, batchSize, memoryLimitBytes);

    private double FullPass(ChannelConfiguration configuration)
    {
        var logits = Evaluation.Logits(network, configuration, BatchNorm.OfBatch, EvenBatches());
        return CalibratedLoss.Of(logits, [.. TinyTraining.Images(Images).Labels.ToArray().Select(label => (long)label)], 10);
    }

    private static IEnumerable<ImageBatch> EvenBatches() => new Batches(TinyTraining.Images(Images), TinyTraining.Normalization, BatchSize).Evenly();
}

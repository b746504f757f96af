using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Benchmarks.Memory;

/// <summary>A supernet's training and its search, small enough to take a thousand steps in minutes and with every part of a large one.</summary>
internal sealed class MemoryWorkload : IDisposable
{
    private const int BatchSize = 16;
    private const int SearchImages = 500;

    private readonly NetworkDefinition definition;
    private readonly SlimmableNetwork network;
    private readonly ImageSplit images;
    private readonly Normalization normalization;

    public MemoryWorkload()
    {
        var training = EmbeddedImages.Load().Training;
        definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, training.Height, training.Channels, training.Classes, MaximumWidth: 0.5));
        network = new(definition, definition.Widest, seed: 1);
        images = ImageSplit.HoldOut(training, SearchImages, seed: 1);
        normalization = Normalization.Of(images.Training);
    }

    /// <summary>Sandwich steps, as many as asked for.</summary>
    /// <param name="steps">Of batches of 16.</param>
    /// <param name="onStep">Given the steps done, after each.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    public void Train(int steps, Action<int> onStep, CancellationToken cancellation)
    {
        var perEpoch = images.Training.Count / BatchSize;
        var options = new TrainingOptions { Epochs = (steps + perEpoch - 1) / perEpoch, BatchSize = BatchSize, LearningRate = 0.01 };
        using var trainer = new Trainer(network, WidthSampler.Sandwich(definition), images.Training, normalization, options);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var done = 0;
        try
        {
            for (var epoch = 0; epoch < options.Epochs; epoch++) trainer.RunEpoch(epoch, _ => Count(), enough.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }

        void Count()
        {
            onStep(++done);
            if (done == steps) enough.Cancel();
        }
    }

    /// <summary>Searches by few candidates, a block a step, down to the narrowest network and again from the widest, until as many steps are made as asked for.</summary>
    /// <inheritdoc cref="Train"/>
    public void Search(int steps, Action<int> onStep, CancellationToken cancellation)
    {
        using var scorer = new CandidateScorer(network, images.Search, normalization);
        for (var done = 0; done < steps;)
        {
            foreach (var _ in StepsToTheNarrowest(scorer).TakeWhile(_ => done < steps))
            {
                cancellation.ThrowIfCancellationRequested();
                onStep(++done);
            }
        }
    }

    /// <summary>Without the widest network, which a search begins with.</summary>
    private IEnumerable<SlimmingStep> StepsToTheNarrowest(CandidateScorer scorer)
    {
        var cost = new MultiplyAdds();
        var target = new Target("narrowest", [new(cost.Name, cost.Price(definition.Resolve(definition.Narrowest)))]);
        return new GreedySlimmer(definition, [target], [cost], new()).Run((current, candidates) => scorer.Score(current, candidates), []).Skip(1);
    }

    public void Dispose() => network.Dispose();
}

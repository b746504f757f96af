namespace AutoSlim.Costs;

/// <summary>The costs that follow from a network alone, without a device.</summary>
public static class CountedCosts
{
    public static IReadOnlyList<ICostModel> All { get; } = [new MultiplyAdds(), new Parameters(), new ModelSize(), new PeakActivation(), new PaperMemory()];
}

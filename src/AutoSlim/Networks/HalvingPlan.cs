namespace AutoSlim.Networks;

/// <summary>Hands out strides in network order: the small-image layout keeps the first two halvings (stem and second stage) at stride 1.</summary>
internal sealed class HalvingPlan(StrideLayout layout)
{
    private int kept = layout == StrideLayout.Cifar ? 2 : 0;

    public int Next(int publishedStride) => publishedStride > 1 && kept-- > 0 ? 1 : publishedStride;
}

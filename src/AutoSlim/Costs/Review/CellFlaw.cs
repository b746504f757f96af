namespace AutoSlim.Costs.Review;

/// <summary>Why a price in a cost table deserves a second look.</summary>
public enum CellFlaw
{
    /// <summary>It was not measured well: the device was busy, or could not run it.</summary>
    NotMeasured,

    /// <summary>Its context was not measured, so that nothing can be subtracted.</summary>
    NoContext,

    /// <summary>It took no longer than its context: priced at 0.</summary>
    TooQuick,

    /// <summary>The interval of its time is wider than a tenth of its price.</summary>
    Wide,

    /// <summary>It took longer than a wider one, and their intervals do not touch.</summary>
    DearerThanWider,

    /// <summary>Nothing bounds its time: it was imported, or has fewer than 6 samples.</summary>
    NoSpread,
}

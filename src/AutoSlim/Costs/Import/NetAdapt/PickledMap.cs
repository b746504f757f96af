namespace AutoSlim.Costs.Import.NetAdapt;

/// <summary>A Python dictionary as it was written, in order, with keys that may come twice.</summary>
internal sealed class PickledMap
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>The value of a text key, or null when it is missing; the last of several wins, as in Python.</summary>
    public object? this[string key] => Items.LastOrDefault(item => item.Key is string text && text == key).Value;
}

namespace AutoSlim.Host.Commands;

/// <summary>The options of <c>describe</c> as typed; null where not given.</summary>
/// <param name="Network">A name of the catalog.</param>
/// <param name="Layout"><c>imagenet</c> or <c>cifar</c>; null for the file's, or imagenet.</param>
/// <param name="Resolution">Pixels on each side; null for the file's, or the layout's usual one.</param>
/// <param name="Width">Uniform width multiplier.</param>
/// <param name="Channels">A published list or the path of a file.</param>
/// <param name="Classes">Outputs; null for the list's or file's, or the layout's usual number.</param>
internal sealed record DescribeOptions(
    string? Network = null, string? Layout = null, string? Resolution = null, string? Width = null, string? Channels = null, string? Classes = null);

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;

namespace AutoSlim.Host.Commands;

/// <summary>Numbers within their range, told together with every other problem of the command line.</summary>
internal static class Ranges
{
    public static void Check<T>(CommandResult result, Option option, T minimum, T maximum)
        where T : INumber<T>
    {
        if (result.GetResult(option) is not { Tokens: [var token] } || result.GetResult(option)!.Errors.Any()) return;
        if (!T.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var value)) return;
        if (!(value >= minimum && value <= maximum)) result.AddError($"{option.Name} is {token.Value}, expected {minimum} to {maximum}");
    }
}

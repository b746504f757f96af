using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Costs;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Commands;

/// <summary>The repeatable <c>--target</c>.</summary>
internal static class TargetOption
{
    public static void Check(CommandResult result, Option<string[]> option)
    {
        try
        {
            var targets = Read(result.GetResult(option)?.Tokens.Select(token => token.Value).ToArray());
            foreach (var problem in targets.Select(target => RunFolder.NameProblem(target.Name)).OfType<string>()) result.AddError(problem);
        }
        catch (InvalidTargetException wrong)
        {
            foreach (var problem in wrong.Problems) result.AddError(problem);
        }
    }

    public static IReadOnlyList<Target> Read(string[]? texts) => texts is null or [] ? [] : Target.ParseAll(texts);
}

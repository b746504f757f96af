using System.CommandLine;
using System.Runtime.InteropServices;
using AutoSlim.Costs;
using AutoSlim.Costs.Import;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary>Runs one command line and turns how it ended into an exit code and one line per problem on the error stream.</summary>
public static class CommandRunner
{
    private const string LessMemory = "train and retrain take a smaller --batch-size with a larger --accumulate (for a run that has begun, in another folder); else a device with more memory";
    private const string Interrupted = "interrupted";

    /// <summary>How torch says it, on the processor and on a GPU.</summary>
    private static readonly string[] OutOfMemory = ["out of memory", "allocate memory", "tried to allocate", "ALLOC_FAILED"];

    /// <summary>A step that takes longer is left behind: every file is written whole.</summary>
    private static readonly TimeSpan GraceAfterInterrupt = TimeSpan.FromSeconds(2);

    /// <summary>A host says goodbye to its agents, and what it took from them goes to the disk.</summary>
    private static readonly TimeSpan GraceOfHost = TimeSpan.FromSeconds(30);

    // An argument that starts with @ is a value, not a file of further arguments.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) =>
        RunAsync(AutoSlimCommand.Create(), arguments, output, error);

    public static async Task<int> RunAsync(Command root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var exitCode = await InvokeAsync(root.Parse(arguments, Parser), output, error);
            return exitCode == ExitCode.Interrupted ? Report(error, exitCode, [Interrupted]) : exitCode;
        }
        catch (UsageException wrong)
        {
            return Report(error, ExitCode.WrongUse, wrong.Problems);
        }
        catch (DataException wrong)
        {
            return Report(error, ExitCode.WrongUse, wrong.Problems);
        }
        catch (TableImportException unusable)
        {
            return Report(error, ExitCode.Failed, unusable.Problems);
        }
        catch (BrokenImagesException broken)
        {
            return Report(error, ExitCode.Failed, broken.Problems);
        }
        catch (InvalidChannelsException wrong)
        {
            return Report(error, ExitCode.WrongUse, wrong.Problems);
        }
        catch (OperationCanceledException)
        {
            return Report(error, ExitCode.Interrupted, [Interrupted]);
        }
        catch (ExternalException torch) when (OutOfMemory.Any(words => torch.Message.Contains(words, StringComparison.OrdinalIgnoreCase)))
        {
            return Report(error, ExitCode.Failed, [$"out of memory: {torch.Message.Split('\n')[0].Trim()}; {LessMemory}"]);
        }
        catch (OutOfMemoryException)
        {
            return Report(error, ExitCode.Failed, [$"out of memory: .NET may take no more here; {LessMemory}"]);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return Report(error, ExitCode.Failed, [OneLine(failure.Message)]);
        }
    }

    /// <summary>What the outside world does to a command: one line is enough. Anything else is a fault of ours and keeps its stack.</summary>
    private static bool IsExpected(Exception failure) => failure
        is CommandFailedException or FleetStateException or DeviceException or ComputeDeviceException or DivergenceException or CheckpointException or CostTableFileException or MissingCostException
        or InvalidDataException or IOException or UnauthorizedAccessException;

    private static Task<int> InvokeAsync(ParseResult command, TextWriter output, TextWriter error)
    {
        var problems = UsageProblems.Of(command);
        if (problems.Count > 0) throw new UsageException(problems);
        return command.InvokeAsync(new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = command.CommandResult.Command.Name == ServeVerb.Name ? GraceOfHost : GraceAfterInterrupt,
        });
    }

    private static int Report(TextWriter error, int exitCode, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems) error.WriteLine($"{AutoSlimCommand.Name}: {problem}");
        return exitCode;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

using System.CommandLine;
using System.Runtime.InteropServices;
using AutoSlim.Host.Commands;
using AutoSlim.Networks;

namespace AutoSlim.Host.Tests.Commands;

public sealed class ExitCodeTests
{
    public static TheoryData<Exception?, int, string> Endings => new()
    {
        { null, 0, "" },
        { new CommandFailedException("the device 'phone' went away; start its agent again"), 1, "autoslim: the device 'phone' went away; start its agent again\n" },
        { new IOException("No space left:\n'/runs'"), 1, "autoslim: No space left: '/runs'\n" },
        { new UsageException(["first", "second"]), 2, "autoslim: first\nautoslim: second\n" },
        { new InvalidChannelsException(["first", "second"]), 2, "autoslim: first\nautoslim: second\n" },
        {
            new TorchFault("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.\nframe #0"), 1,
            "autoslim: out of memory: [enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.; train and retrain take a smaller --batch-size with a larger --accumulate (for a run that has begun, in another folder); else a device with more memory\n"
        },
        {
            new InsufficientMemoryException(), 1,
            "autoslim: out of memory: .NET may take no more here; train and retrain take a smaller --batch-size with a larger --accumulate (for a run that has begun, in another folder); else a device with more memory\n"
        },
        { new OperationCanceledException(), 130, "autoslim: interrupted\n" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Every_expected_ending_has_its_code_and_no_stack_trace(Exception? ending, int exitCode, string problems)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        Assert.Equal(exitCode, await CommandRunner.RunAsync(Root(ending), ["work"], output, error));
        Assert.Equal(problems, error.ToString());
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task A_fault_of_the_program_is_not_hidden()
    {
        var root = Root(new InvalidOperationException("a bug"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommandRunner.RunAsync(root, ["work"], TextWriter.Null, TextWriter.Null));
        await Assert.ThrowsAsync<TorchFault>(() => CommandRunner.RunAsync(Root(new TorchFault("mat1 and mat2 shapes")), ["work"], TextWriter.Null, TextWriter.Null));
    }

    /// <summary>As TorchSharp throws what torch reports.</summary>
    private sealed class TorchFault(string message) : ExternalException(message);

    private static Command Root(Exception? ending)
    {
        var work = new Command("work").Runs((_, _) => ending is null ? Task.CompletedTask : Task.FromException(ending));
        return new Command("autoslim") { work };
    }
}

using System.CommandLine;
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
    }

    private static Command Root(Exception? ending)
    {
        var work = new Command("work").Runs((_, _) => ending is null ? Task.CompletedTask : Task.FromException(ending));
        return new Command("autoslim") { work };
    }
}

using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Dashboard.Reading;

public sealed class LogTailTests
{
    [Fact]
    public void A_long_log_is_cut_to_whole_lines_of_its_end()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("job.log", "first\nsecond\nthird\n");
        Assert.Equal("first\nsecond\nthird\n", LogTail.Read(log, 100));
        Assert.Equal("third\n", LogTail.Read(log, 9));
        Assert.Equal("", LogTail.Read(Path.Combine(folder.Path, "absent.log"), 100));
    }
}

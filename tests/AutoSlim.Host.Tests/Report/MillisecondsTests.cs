using AutoSlim.Host.Report;

namespace AutoSlim.Host.Tests.Report;

public sealed class MillisecondsTests
{
    [Theory]
    [InlineData(0.1694, "0.169")]
    [InlineData(2.284, "2.28")]
    [InlineData(12.34, "12.3")]
    [InlineData(1234.4, "1234")]
    [InlineData(0.00012, "0.0001")]
    [InlineData(0, "0.00")]
    public void Three_digits_tell_latencies_apart(double milliseconds, string text) => Assert.Equal(text, Milliseconds.Text(milliseconds));
}

namespace AutoSlim.Agent.Tests;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("no such\r\n  file", "no such file")]
    [InlineData("signal 9: \u001b[0;93m2026-12-01 [W:onnxruntime] no GPU\u001b[m", "signal 9: 2026-12-01 [W:onnxruntime] no GPU")]
    [InlineData("a\u0007b\u0000c\u001b", "a b c")]
    public void A_message_is_one_line_without_colours_and_control_characters(string message, string expected) =>
        Assert.Equal(expected, OneLine.Of(new InvalidOperationException(message)));

    [Fact]
    public void A_long_message_is_cut() => Assert.Equal(500, OneLine.Of(new InvalidOperationException(new string('x', 600))).Length);
}

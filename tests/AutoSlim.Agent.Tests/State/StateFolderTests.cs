using AutoSlim.Agent.State;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Tests.State;

public sealed class StateFolderTests
{
    private static readonly AgentToken OneTime = AgentToken.Create(AgentToken.Enrolment, new('a', 64));

    [Fact]
    public void A_key_is_kept_by_its_owner_alone_once_the_host_took_it()
    {
        using var system = new InventedSystem();
        var folder = Open(system);
        Assert.Null(folder.Key);
        var key = EnrolledKey.For(OneTime);
        folder.Offer(key);
        Assert.Equal((null, key), (folder.Key, folder.Offered));
        folder.Confirm();
        Assert.Equal((key, null), (Open(system).Key, Open(system).Offered));
        Assert.Equal(OneTime.CertificateSha256, key.Key.CertificateSha256);
        Assert.True(Open(system).Key!.IsFor(OneTime));
        Assert.False(Open(system).Key!.IsFor(AgentToken.Create(AgentToken.Enrolment, OneTime.CertificateSha256)));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(system.Root, "state", "key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(system.Root, "state")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("autoslim-operator.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.\n")]
    public void A_file_that_holds_no_key_is_named_with_what_to_do_and_without_what_it_holds(string text)
    {
        using var system = new InventedSystem();
        system.With("state/key", text);
        var error = Assert.Throws<AgentException>(() => Open(system).Key);
        Assert.Equal($"'{Path.Combine(system.Root, "state", "key")}' holds no key: delete it, and enrol this device anew with: autoslim enroll NAME", error.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var system = new InventedSystem();
        system.With("state", "a file");
        Assert.EndsWith("choose another with --state", Assert.Throws<AgentException>(() => Open(system)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_tells_no_secret_as_text() => Assert.Equal("autoslim-agent token", $"{EnrolledKey.For(OneTime)}");

    private static StateFolder Open(InventedSystem system) => new(new AgentOptions { Server = new("https://host:5230"), Name = "pi", Token = "", StateFolder = Path.Combine(system.Root, "state") });
}

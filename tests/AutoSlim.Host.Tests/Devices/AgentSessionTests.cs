using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Devices;

public sealed class AgentSessionTests
{
    private static readonly ProbeLease Lease = new(new('a', 64), 1);
    private static readonly Heartbeat Empty = new([], DeviceConditions.Unknown);

    private readonly SettableTime time = new();

    [Fact]
    public void An_agent_is_silent_by_the_time_that_has_passed_and_not_by_the_clock_on_the_wall()
    {
        var session = Session();
        foreach (var year in new[] { 1, 3000, 1999 })
        {
            time.WallClock = new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            Assert.False(session.IsSilent);
        }

        time.Pass(ProfilerProtocol.LeaseTime);
        Assert.True(session.IsSilent);
        session.Beat(Empty);
        Assert.False(session.IsSilent);
    }

    [Fact]
    public void A_lease_that_was_held_at_the_greeting_and_given_up_since_is_held_no_longer()
    {
        var session = Session();
        var lost = session.Watch(Lease);
        session.Beat(Empty);
        Assert.True(session.Holds(Lease));
        session.Beat(Empty);
        Assert.True(lost.IsCompleted);
        Assert.False(session.Holds(Lease));
    }

    private AgentSession Session() => new("connection", new("device", ProfilerProtocol.Version, InventedAgent.Description, 0, [Lease]), () => { }, time);
}

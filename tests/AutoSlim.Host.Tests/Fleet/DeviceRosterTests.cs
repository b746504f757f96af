using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class DeviceRosterTests(Databases databases)
{
    private const string Enrolled = "insert into devices (name, pool, enrolled_ms) values ('pi1', 'pi', 1), ('pi2', 'pi', 1), ('phone', 'phone', 1)";

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_pool_has_its_members_and_a_device_is_its_own(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        place.Execute(Enrolled);
        Assert.Equal(["phone", "pi1", "pi2"], fleet.Roster.All.Select(device => device.Name));
        Assert.Equal(["pi1", "pi2"], fleet.Roster.Members("pi").Select(device => device.Name));
        Assert.Equal(["pi2"], fleet.Roster.Members("pi2").Select(device => device.Name));
        Assert.Empty(fleet.Roster.Members("pi3"));
        Assert.All(fleet.Roster.All, device => Assert.Equal((false, null, null), (device.IsConnected, device.Description, device.SeenAt)));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_a_device_is_and_when_it_was_seen_outlives_the_host(string kind)
    {
        using var place = await databases.NewAsync(kind);
        DateTimeOffset left;
        await using (var fleet = new OpenedFleet(place))
        {
            place.Execute(Enrolled);
            Assert.Equal(3, fleet.Roster.All.Count);
            var session = Greet(fleet, "pi1", InventedAgent.Description);
            fleet.Registry.Beat(session, new([], DeviceConditions.Unknown with { TemperatureCelsius = 51 }));
            Assert.Equal((true, 51), (fleet.Roster.Members("pi1")[0].IsConnected, fleet.Roster.Members("pi1")[0].Conditions.TemperatureCelsius));
            fleet.Time.Move(TimeSpan.FromMinutes(5));
            fleet.Registry.Detach(session);
            left = fleet.Time.GetUtcNow();
        }

        await using var again = new OpenedFleet(place);
        var device = again.Roster.Members("pi1")[0];
        Assert.Equal((false, InventedAgent.Description, left), (device.IsConnected, device.Description, device.SeenAt!.Value));
        var changed = InventedAgent.Description with { Processor = "Cortex-A76" };
        Assert.Contains("was another one before", again.Registry.Attach(Session(again, "pi1", changed), ownsName: false), StringComparison.Ordinal);
        Assert.Equal(InventedAgent.Description, again.Roster.Members("pi1")[0].Description);
        Greet(again, "pi1", changed);
        Assert.Equal(changed, again.Roster.Members("pi1")[0].Description);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_device_that_was_thrown_out_is_not_listed_and_nobody_waits_for_it(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        place.Execute(Enrolled);
        Assert.True(fleet.Roster.IsEnrolled("pi1"));
        place.Execute("update devices set revoked_ms = 2 where name = 'pi1'");
        Assert.Equal(["pi2"], fleet.Roster.Members("pi").Select(device => device.Name));
        Assert.False(fleet.Roster.IsEnrolled("pi1"));
        var waiting = fleet.Registry.Of("pi1").Connection.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        fleet.Registry.Expel("pi1");
        Assert.Equal("device 'pi1' was thrown out of the fleet", (await Assert.ThrowsAsync<DeviceException>(() => waiting)).Message);
        Assert.Null(fleet.Registry.Attach(Session(fleet, "pi1", InventedAgent.Description with { Processor = "Cortex-A76" }), ownsName: false));
    }

    private static AgentSession Greet(OpenedFleet fleet, string name, DeviceDescription description)
    {
        var session = Session(fleet, name, description);
        Assert.Null(fleet.Registry.Attach(session, ownsName: true));
        return session;
    }

    private static AgentSession Session(OpenedFleet fleet, string name, DeviceDescription description) =>
        new($"{Guid.NewGuid()}", new(name, ProfilerProtocol.Version, description, 0, []), () => { }, fleet.Time);
}

using System.Collections.Concurrent;
using System.Text.Json;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Profiling;
using Dapper;

namespace AutoSlim.Host.Fleet;

/// <summary>Every enrolled device, here or away. What changes with each heartbeat stays in memory; what a device is outlives the host.</summary>
internal sealed class DeviceRoster
{
    private readonly FleetDatabase database;
    private readonly FleetWriter writer;
    private readonly DeviceRegistry registry;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, (DeviceConditions Conditions, DateTimeOffset At)> seen = new(StringComparer.Ordinal);

    public DeviceRoster(FleetDatabase database, FleetWriter writer, DeviceRegistry registry, TimeProvider time)
    {
        (this.database, this.writer, this.registry, this.time) = (database, writer, registry, time);
        foreach (var row in Rows(""))
        {
            if (row.SeenMilliseconds is long at) seen[row.Name] = (DeviceConditions.Unknown, DateTimeOffset.FromUnixTimeMilliseconds(at));
            if (row.Description is string json) registry.Of(row.Name).Connection.Remember(JsonSerializer.Deserialize<DeviceDescription>(json)!);
        }

        registry.Beaten += (device, conditions) => seen[device.Name] = (conditions, time.GetUtcNow());
        registry.Changed += Save;
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<DeviceState> All => [.. Rows("").Select(StateOf)];

    /// <summary>Those that measure for a cost table: a device, or a pool of equal ones. Empty where no such name is enrolled.</summary>
    public IReadOnlyList<DeviceState> Members(string name) => [.. Rows("and (name = @name or pool = @name)", name).Select(StateOf)];

    /// <summary>Whether there is a device, not a pool, of this name.</summary>
    public bool IsEnrolled(string name) => registry.IsConnected(name) || Rows("and name = @name", name).Count > 0;

    private DeviceState StateOf(DeviceRow row)
    {
        var device = registry.Of(row.Name);
        var (conditions, at) = seen.TryGetValue(row.Name, out var last) ? last : (DeviceConditions.Unknown, (DateTimeOffset?)null);
        return new(row.Name, row.Pool, device.IsConnected, device.Connection.Description, conditions, at, device.Doing);
    }

    private IReadOnlyList<DeviceRow> Rows(string condition, string? name = null) => database.Query<DeviceRow>(
        $"select name as Name, pool as Pool, description as Description, seen_ms as SeenMilliseconds from devices where revoked_ms is null {condition} order by name", new { name });

    private void Save(HubDevice device) => _ = SaveAsync(device);

    private async Task SaveAsync(HubDevice device)
    {
        if (device.Connection.Description is not DeviceDescription description) return;
        var now = time.GetUtcNow();
        seen[device.Name] = (seen.TryGetValue(device.Name, out var last) ? last.Conditions : DeviceConditions.Unknown, now);
        await writer.WriteAsync((connection, transaction) => connection.Execute(
            "update devices set description = @description, seen_ms = @now where name = @Name",
            new { device.Name, description = JsonSerializer.Serialize(description), now = now.ToUnixTimeMilliseconds() }, transaction));
    }
}

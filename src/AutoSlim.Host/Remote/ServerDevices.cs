using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;

namespace AutoSlim.Host.Remote;

/// <summary>Finds devices of a host elsewhere.</summary>
internal static class ServerDevices
{
    /// <summary>Seconds that one question waits; the answer then tells that nobody came.</summary>
    private const int PatienceSeconds = 30;

    /// <summary>Waits until an agent of the device is there.</summary>
    /// <param name="host">Elsewhere.</param>
    /// <param name="device">A device's name, or a pool's.</param>
    /// <param name="timeout">How long to wait; infinite for a job, which has time.</param>
    /// <param name="sitting">Of the work that asks.</param>
    /// <param name="notices">Told that it waits.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="CommandFailedException">No such device is enrolled, or nobody came in time.</exception>
    public static async Task<ConnectedDevice> WaitAsync(HostClient host, string device, TimeSpan timeout, string sitting, TextWriter notices, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? PatienceSeconds : (int)Math.Clamp((timeout - TimeProvider.System.GetElapsedTime(started)).TotalSeconds, 0, PatienceSeconds);
            var members = await host.GetAsync<List<DeviceState>>($"api/devices/{Uri.EscapeDataString(device)}?waitSeconds={(attempt == 0 ? 0 : left)}", cancellation);
            if (members.Where(member => member.IsConnected).ToList() is { Count: > 0 } present) return await OfAsync(host, device, present, sitting, notices);
            if (attempt > 0 && left == 0) throw new CommandFailedException(FormattableString.Invariant($"device '{device}' did not connect to the host at {host.Server} within {timeout.TotalSeconds} s"));
            if (attempt == 0) await notices.WriteLineAsync($"waiting for device '{device}' at the host {host.Server}");
        }
    }

    /// <summary>Those that are here now, and of one key.</summary>
    private static async Task<ConnectedDevice> OfAsync(HostClient host, string device, IReadOnlyList<DeviceState> present, string sitting, TextWriter notices)
    {
        var campaign = Environment.GetEnvironmentVariable(HostAddress.CampaignVariable) ?? $"process {Guid.NewGuid():N};";
        var others = present.Where(member => member.Description != present[0].Description).ToList();
        foreach (var other in others)
            await notices.WriteLineAsync($"device '{other.Name}' of '{device}' is left out: its key is {other.Description?.Fingerprint}, that of '{present[0].Name}' is {present[0].Description?.Fingerprint}; enrol it under a name of its own");
        return ConnectedDevice.FirstOf([.. present.Except(others).Select(member =>
            new ConnectedDevice(device, new ServerDevice(host, member.Name, member.Description!, $"{campaign}{sitting}")) { Agent = member.Name })]);
    }
}

using System.CommandLine;
using System.Globalization;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Terminal;
using AutoSlim.Profiling;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Fleet;

/// <summary><c>devices</c>: who is in a running host's fleet.</summary>
internal sealed class DevicesVerb
{
    private readonly Argument<string> name = new("NAME") { Description = "As it is enrolled." };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly HostOptions host = new();

    public Command Command
    {
        get
        {
            var verb = new Command("devices", "Lists a running host's devices, here and away.") { json };
            host.AddTo(verb);
            var revoke = new Command("revoke", "Throws a device out of the fleet: its key is worth nothing from now on.") { name };
            host.AddTo(revoke);
            verb.Add(revoke.Runs(RevokeAsync));
            return verb.Runs(ListAsync);
        }
    }

    private async Task ListAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = host.Open(parsed);
        var devices = await client.GetAsync<List<DeviceState>>("api/devices", cancellation);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, devices);
        else if (devices.Count == 0) await output.WriteLineAsync("no device is enrolled; let one in with: autoslim enroll NAME");
        else TerminalOutput.For(output).Write(Table(devices));
    }

    private async Task RevokeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = host.Open(parsed);
        await client.DeleteAsync($"api/devices/{Uri.EscapeDataString(parsed.GetValue(name)!)}", cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"device '{parsed.GetValue(name)}' is out");
    }

    private static Table Table(IReadOnlyList<DeviceState> devices)
    {
        var table = TerminalTable.Create("device", ["state", "doing", "conditions", "key", "last seen"]);
        foreach (var device in devices)
            table.AddRow(
                Markup.Escape(device.Pool == device.Name ? device.Name : $"{device.Name} ({device.Pool})"), device.IsConnected ? "here" : "away", Markup.Escape(device.Doing ?? "-"), Conditions(device.Conditions),
                device.Description?.Fingerprint ?? "-", device.SeenAt is DateTimeOffset at ? Ago(TimeProvider.System.GetUtcNow() - at) : "never");
        return table;
    }

    private static string Ago(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "now",
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s ago"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min ago"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days ago"),
    };

    private static string Conditions(DeviceConditions conditions)
    {
        string[] parts =
        [
            .. conditions.TemperatureCelsius is double celsius ? [string.Create(CultureInfo.InvariantCulture, $"{celsius:0} C")] : Array.Empty<string>(),
            .. conditions.BatteryPercent is double percent ? [string.Create(CultureInfo.InvariantCulture, $"{percent:0} %")] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "-" : string.Join(", ", parts);
    }
}

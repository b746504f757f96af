using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;

namespace AutoSlim.Host.Devices;

/// <summary>Where agents arrive, hand in and leave.</summary>
internal sealed class ProfilerHub(DeviceRegistry devices, ProbeLedger ledger, Deliveries deliveries, HubMetrics metrics, TimeProvider time) : Hub<IProfilerAgent>, IProfilerHub
{
    private const string SessionKey = "session";

    private AgentSession? Session => Context.Items.TryGetValue(SessionKey, out var session) ? session as AgentSession : null;

    public Task<Welcome> Greet(AgentHello hello)
    {
        var refusal = hello is null ? "the greeting is empty" : hello.Problem() ?? AdmissionProblem(hello) ?? Attach(hello);
        return Task.FromResult(new Welcome(ProfilerProtocol.Version, refusal));
    }

    public async Task<ProbeReceipt> Deliver(ProbeReport report)
    {
        if (Session is not AgentSession session || report is null || report.Problem() is not null) return ProbeReceipt.Refused;
        var arrived = time.GetTimestamp();
        var (receipt, result) = await ledger.AcceptAsync(session.AgentName, report);
        if (result is not null) deliveries.Arrived(report.Lease.ProbeId, result);
        metrics.Reported(receipt, time.GetElapsedTime(arrived));
        return receipt;
    }

    public Task Beat(Heartbeat heartbeat)
    {
        if (Session is AgentSession session && heartbeat is not null && heartbeat.Problem() is null) devices.Beat(session, heartbeat);
        return Task.CompletedTask;
    }

    public override Task OnConnectedAsync()
    {
        if (Context.User?.Identity?.Name is string owner) devices.Opened(Context.ConnectionId, owner, Context.Abort);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        devices.Closed(Context.ConnectionId);
        if (Session is AgentSession session) devices.Detach(session);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>A key is one device's: it opens no other's place.</summary>
    private string? AdmissionProblem(AgentHello hello) => Context.User?.Identity?.Name is string owner && owner != hello.Name
        ? $"this key is that of device '{owner}', not of '{hello.Name}': enrol '{hello.Name}' on the host"
        : null;

    private string? Attach(AgentHello hello)
    {
        if (Session is not null) return "this connection has greeted before";
        var session = new AgentSession(Context.ConnectionId, hello, Context.Abort, time);
        var refusal = devices.Attach(session, ownsName: Context.User?.Identity?.Name is not null);
        if (refusal is null) Context.Items[SessionKey] = session;
        return refusal;
    }
}

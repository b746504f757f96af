using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.Tests.Common;

/// <summary>How an invented agent answers: at once, by a report under the lease.</summary>
internal static class InventedAnswers
{
    public static void AnswersProbes(this HubConnection connection, Func<ProbeRequest, ProbeResult?> answer) => connection.On<ProbeLease, ProbeRequest>(
        nameof(IProfilerAgent.Measure), (lease, request) => connection.DeliverAsync(new(lease, answer(request), null)));

    public static void AnswersMemory(this HubConnection connection, Func<MemoryRequest, MemoryResult> answer) => connection.On<ProbeLease, MemoryRequest>(
        nameof(IProfilerAgent.MeasureMemory), (lease, request) => connection.DeliverAsync(new(lease, null, answer(request))));

    public static Task<ProbeReceipt> DeliverAsync(this HubConnection connection, ProbeReport report) => connection.InvokeAsync<ProbeReceipt>(nameof(IProfilerHub.Deliver), report);
}

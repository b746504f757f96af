using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Serving.Access;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Mvc;

namespace AutoSlim.Host.Serving.Api;

/// <summary>The fleet: who is in it, and who comes in and out.</summary>
internal static class DevicesApi
{
    private const int MaximumWaitSeconds = 60;
    private const int HistoryLength = 50;

    /// <summary>Before it is read: whoever has a one-time token, a used one too, gets this far.</summary>
    private const int MaximumKeyBytes = 1024;

    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder operators, IEndpointRouteBuilder newcomers)
    {
        operators.MapGet("/devices", (DeviceRoster roster) => roster.All).WithSummary("All enrolled devices.");
        operators.MapGet("/devices/{name}", WaitAsync).WithSummary("The members of a device or a pool; waits until one is connected, for waitSeconds at most.");
        operators.MapGet("/devices/{name}/history", (string name, ProbeLedger ledger) => ledger.History(name, HistoryLength).Select(ProbeView.Of)).WithSummary("What a device answered last.");
        operators.MapPost("/devices", EnrolAsync).WithSummary("Enters a device and makes its one-time token.");
        operators.MapDelete("/devices/{name}", RevokeAsync).WithSummary("Throws a device out; its key is worth nothing from now on.");
        newcomers.MapPost(ProfilerProtocol.EnrolmentPath + "{name}", ExchangeAsync).WithSummary("An agent exchanges its one-time token for the key in the body.")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumKeyBytes));
    }

    private static async Task<IResult> WaitAsync(string name, int? waitSeconds, DeviceRoster roster, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var members = roster.Members(name);
            if (members.Count == 0) return Refusal.NotFound($"no device '{name}' is enrolled; make its one-time token with: autoslim enroll {name}");
            var patience = TimeSpan.FromSeconds(Math.Clamp(waitSeconds ?? 0, 0, MaximumWaitSeconds));
            if (members.Any(member => member.IsConnected) || time.GetElapsedTime(started) >= patience) return Results.Ok(members);
            await Task.Delay(WaitStep, time, cancellation);
        }
    }

    private static async Task<IResult> EnrolAsync(EnrolmentOrder order, CredentialStore credentials)
    {
        if (order.Problems() is { Count: > 0 } problems) return Refusal.Wrong(problems);
        var token = await credentials.EnrolAsync(order.Name, order.Pool ?? order.Name, TimeSpan.FromHours(order.ValidHours));
        return Results.Ok(new EnrolmentToken(token));
    }

    private static async Task<IResult> RevokeAsync(string name, CredentialStore credentials, DeviceRegistry registry)
    {
        if (!await credentials.RevokeAsync(name)) return Refusal.NotFound($"no device '{name}' is enrolled");
        registry.Expel(name);
        return Results.NoContent();
    }

    private static async Task<IResult> ExchangeAsync(string name, HttpRequest request, CredentialStore credentials, DeviceRegistry registry)
    {
        using var body = new StreamReader(request.Body);
        var secret = await body.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (AgentToken.Parse($"{AgentToken.Key}.{secret}.") is null) return Refusal.Wrong(["the body is no key: 43 characters of base64url"]);
        if (!await credentials.ExchangeAsync(TokenAuthentication.TokenOf(request)!, name, secret)) return Refusal.Forbidden("this one-time token is used already, or another device's");
        registry.CutOff(name);
        return Results.NoContent();
    }
}

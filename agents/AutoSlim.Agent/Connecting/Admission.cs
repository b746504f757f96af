using System.Net;
using System.Net.Http.Headers;
using AutoSlim.Agent.State;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Connecting;

/// <summary>What the agent shows the host: the key of an earlier enrolment, one that its one-time token is exchanged for, or a token that needs no exchange.</summary>
internal sealed class Admission(AgentOptions options, StateFolder state)
{
    private string? token;

    /// <exception cref="AgentException">The host refuses the one-time token, or there is none and no key.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public async Task<string> TokenAsync(CancellationToken cancellation) => token ??= await FindAsync(cancellation);

    private async Task<string> FindAsync(CancellationToken cancellation)
    {
        if (AgentToken.Parse(options.Token) is { Purpose: AgentToken.Enrolment } oneTime) return (await EnrolAsync(oneTime, cancellation)).Reveal();
        if (options.Token.Length > 0) return options.Token;
        return state.Key?.Key.Reveal()
            ?? throw new AgentException($"no token, and this device was never enrolled: put a one-time token (autoslim enroll {options.Name}, on the host) into {ProfilerProtocol.TokenVariable} or a file for --token-file");
    }

    /// <summary>Once: a service is started with the same one-time token for years, and that is used up, or has expired.</summary>
    private async Task<AgentToken> EnrolAsync(AgentToken oneTime, CancellationToken cancellation)
    {
        if (state.Key is EnrolledKey kept && kept.IsFor(oneTime)) return kept.Key;
        var offered = state.Offered is EnrolledKey earlier && earlier.IsFor(oneTime) ? earlier : EnrolledKey.For(oneTime);
        state.Offer(offered);
        await ExchangeAsync(oneTime, offered.Key, cancellation);
        state.Confirm();
        return offered.Key;
    }

    /// <summary>Said again until the host has heard it: the same key for the same token counts once.</summary>
    private async Task ExchangeAsync(AgentToken oneTime, AgentToken key, CancellationToken cancellation)
    {
        using var http = new HttpClient(HostTrust.Of(oneTime.Reveal()).Handler()) { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", oneTime.Reveal()) } };
        using var answer = await http.PostAsync(new Uri(options.Server, ProfilerProtocol.EnrolmentPath + options.Name), new StringContent(key.Secret), cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
            throw new AgentException($"the host at {options.Server} refused the one-time token ({(int)answer.StatusCode}): it is used, expired or another device's; make a new one there with: autoslim enroll {options.Name}");
        answer.EnsureSuccessStatusCode();
    }
}

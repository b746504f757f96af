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
        var given = AgentToken.Parse(options.Token);
        var key = state.Key;
        if (given?.Purpose == AgentToken.Enrolment && (key is null || key.CertificateSha256 != given.CertificateSha256)) return await EnrolAsync(given, cancellation);
        if (key is not null && given?.Purpose is null or AgentToken.Enrolment && (options.Token.Length == 0 || given is not null)) return await ConfirmedAsync(key, given, cancellation);
        return options.Token.Length > 0
            ? options.Token
            : throw new AgentException($"no token, and this device was never enrolled: put a one-time token (autoslim enroll {options.Name}, on the host) into {ProfilerProtocol.TokenVariable} or a file for --token-file");
    }

    private async Task<string> EnrolAsync(AgentToken oneTime, CancellationToken cancellation)
    {
        var key = AgentToken.Create(AgentToken.Key, oneTime.CertificateSha256);
        state.Keep(key);
        return await ConfirmedAsync(key, oneTime, cancellation);
    }

    /// <summary>Said again until the host has heard it: the same key for the same token counts once.</summary>
    private async Task<string> ConfirmedAsync(AgentToken key, AgentToken? oneTime, CancellationToken cancellation)
    {
        if (oneTime is null) return key.Reveal();
        using var http = new HttpClient(HostTrust.Of(key.Reveal()).Handler()) { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", oneTime.Reveal()) } };
        using var answer = await http.PostAsync(new Uri(options.Server, ProfilerProtocol.EnrolmentPath + options.Name), new StringContent(key.Secret), cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
            throw new AgentException($"the host at {options.Server} refused the one-time token ({(int)answer.StatusCode}): it is used, expired or another device's; make a new one there with: autoslim enroll {options.Name}");
        answer.EnsureSuccessStatusCode();
        return key.Reveal();
    }
}

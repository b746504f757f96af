using System.Net.Http.Headers;
using System.Net.Http.Json;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving;
using AutoSlim.Host.Serving.Api;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>What an operator asks of the host, without the patience of the verbs: the trials count what fails.</summary>
internal sealed class OperatorApi : IDisposable
{
    private const int EnrolledAtOnce = 32;

    private readonly HttpClient http;

    /// <param name="server">The host, or what stands before it.</param>
    /// <param name="state">The host's folder, for the operator's token.</param>
    public OperatorApi(Uri server, string state)
    {
        Token = File.ReadAllText(Path.Combine(state, StateFiles.OperatorTokenName)).Trim();
        http = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
    }

    public string Token { get; }

    public async Task<IReadOnlyList<DeviceState>> DevicesAsync(CancellationToken cancellation) =>
        (await http.GetFromJsonAsync<List<DeviceState>>("api/devices", HostClient.Json, cancellation))!;

    /// <returns>Names and one-time tokens.</returns>
    public async Task<IReadOnlyDictionary<string, string>> EnrolAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var tokens = names.ToDictionary(name => name, _ => "");
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = EnrolledAtOnce, CancellationToken = cancellation }, async (name, token) =>
        {
            using var answer = await http.PostAsJsonAsync("api/devices", new EnrolmentOrder(name), HostClient.Json, token);
            answer.EnsureSuccessStatusCode();
            var made = await answer.Content.ReadFromJsonAsync<EnrolmentToken>(HostClient.Json, token);
            lock (tokens) tokens[name] = made!.Token;
        });
        return tokens;
    }

    /// <summary>Once.</summary>
    /// <returns>Null when the host is away or could not.</returns>
    public async Task<byte[]?> TryAskAsync(string device, AskedProbe probe, CancellationToken cancellation)
    {
        try
        {
            using var body = new ByteArrayContent(probe.Body);
            using var answer = await http.PostAsync($"api/devices/{device}/probes", body, cancellation);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellation) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}

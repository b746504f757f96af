using System.Net;
using System.Text.Json;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.Host.Tests.Serving;

public sealed class ApiTests(RunningFleet fleet) : IClassFixture<RunningFleet>
{
    private static readonly byte[] Model = [1, 2, 3];
    private static readonly ProbeResult Fair = new(ProbeStatus.Ok, [.. Enumerable.Repeat(2.0, 9)], 0, null, DeviceConditions.Unknown);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A deliberate change: copy the new list, written beside the tests' program, over the snapshot here.</summary>
    [Fact]
    public async Task The_document_tells_every_path()
    {
        using var client = fleet.Client(fleet.OperatorToken);
        var document = JsonDocument.Parse(await client.GetStringAsync("openapi/v1.json", Cancellation));
        var told = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal).ToList();
        var snapshot = Path.Combine(AppContext.BaseDirectory, "Serving", "api.txt");
        await File.WriteAllLinesAsync(Path.ChangeExtension(snapshot, ".new.txt"), told, Cancellation);
        Assert.Equal(await File.ReadAllLinesAsync(snapshot, Cancellation), told);
    }

    [Fact]
    public async Task Anyone_may_ask_whether_it_is_healthy_and_learns_nothing_else()
    {
        using var client = fleet.Client(null);
        using var answer = await client.GetAsync("health", Cancellation);
        Assert.Equal((HttpStatusCode.OK, "healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("GET", "api/devices/nobody", "", 404, "no device 'nobody' is enrolled; make its one-time token with: autoslim enroll nobody")]
    [InlineData("DELETE", "api/devices/nobody", "", 404, "no device 'nobody' is enrolled")]
    [InlineData("POST", "api/devices/nobody/probes", "", 404, "no device 'nobody' is enrolled; make its one-time token with: autoslim enroll nobody")]
    [InlineData("GET", "api/jobs/0123", "", 404, "there is no job '0123'")]
    [InlineData("GET", "api/jobs/..%2f..%2foperator/log", "", 404, "there is no job '..%2f..%2foperator'")]
    [InlineData("POST", "api/jobs", "name: a b", 400, "name 'a b' must start with a letter or digit and have at most 64 letters, digits, '-', '_' and '.'; the job has 0 steps, expected 1 to 100")]
    [InlineData("GET", "api/none", "", 404, null)]
    public async Task What_is_refused_says_why_as_problem_details(string method, string path, string body, int status, string? detail)
    {
        using var client = fleet.Client(fleet.OperatorToken);
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? new StringContent(body) : null };
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        if (detail is not null) Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Without_a_token_the_answer_is_problem_details_too()
    {
        using var client = fleet.Client(null);
        using var answer = await client.GetAsync("api/devices", Cancellation);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("{\"name\":\"../x\",\"pool\":\"a b\",\"validHours\":0}", 3)]
    [InlineData("{\"name\":\"x\",\"validHours\":9000}", 1)]
    public async Task An_enrolment_names_everything_that_is_wrong(string order, int problems)
    {
        using var client = fleet.Client(fleet.OperatorToken);
        using var answer = await client.PostAsync("api/devices", new StringContent(order, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(problems, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!.Split("; ").Length);
    }

    [Fact]
    public async Task A_probe_is_answered_by_its_device_once_and_under_its_lease_alone()
    {
        var ((name, key), (otherName, otherKey)) = (await fleet.EnrolledAsync(), await fleet.EnrolledAsync());
        await using HubConnection device = await fleet.ConnectAsync(key), other = await fleet.ConnectAsync(otherKey);
        Assert.Null(await RunningFleet.GreetAsync(other, otherName));
        var receipts = new List<ProbeReceipt>();
        device.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), async (lease, _) =>
        {
            receipts.Add(await other.DeliverAsync(new(lease, Fair, null)));
            receipts.Add(await device.DeliverAsync(new(lease with { Fence = lease.Fence + 1 }, Fair, null)));
            receipts.Add(await device.DeliverAsync(new(lease, Fair, null)));
            receipts.Add(await device.DeliverAsync(new(lease, Fair with { Dropped = 7 }, null)));
        });
        Assert.Null(await RunningFleet.GreetAsync(device, name));
        Assert.Equal(0, (await AskAsync(name)).Dropped);
        await RunningFleet.WhenAsync(() => receipts.Count == 4);
        Assert.Equal([ProbeReceipt.Stale, ProbeReceipt.Stale, ProbeReceipt.Stored, ProbeReceipt.Known], receipts);
        Assert.Equal(0, (await AskAsync(name)).Dropped);
        Assert.Equal(4, receipts.Count);
        using var client = fleet.Client(fleet.OperatorToken);
        var history = JsonDocument.Parse(await client.GetStringAsync($"api/devices/{name}/history", Cancellation)).RootElement;
        Assert.Equal(2, Assert.Single(history.EnumerateArray()).GetProperty("medianMicroseconds").GetDouble());
    }

    [Fact]
    public async Task Who_waits_for_a_device_that_is_thrown_out_is_told()
    {
        var (name, _) = await fleet.EnrolledAsync();
        var asking = AskAsync(name);
        await Task.Delay(200, Cancellation);
        using var client = fleet.Client(fleet.OperatorToken);
        using var answer = await client.DeleteAsync($"api/devices/{name}", Cancellation);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => asking.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal(HttpStatusCode.BadGateway, error.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_no_probe_is_refused()
    {
        var (name, _) = await fleet.EnrolledAsync();
        var question = Question(name);
        byte[][] bodies =
        [
            [], [0xc0], [1, 2, 3], ProbeQuestion.Write(Probe(question) with { Model = [9] }), ProbeQuestion.Write(Probe(question) with { Kind = 9 }),
            ProbeQuestion.Write(Probe(question) with { Request = [0xc0] }), ProbeQuestion.Write(Probe(question) with { Request = [] }), ProbeQuestion.Write(Probe(question) with { Id = "x" }),
            ProbeQuestion.Write(Probe(question) with { Fingerprint = null! }),
        ];
        using var client = fleet.Client(fleet.OperatorToken);
        foreach (var (index, body) in bodies.Index())
        {
            using var answer = await client.PostAsync($"api/devices/{name}/probes", new ByteArrayContent(body), Cancellation);
            Assert.Equal((index, HttpStatusCode.BadRequest), (index, answer.StatusCode));
            using var evaluation = await client.PostAsync($"api/devices/{name}/evaluations", new ByteArrayContent(body), Cancellation);
            Assert.Equal((index, HttpStatusCode.BadRequest), (index, evaluation.StatusCode));
        }
    }

    private static ProbeQuestion Question(string device) =>
        ProbeQuestion.Of("tests", device, ProbeKind.Latency, ProbeQuestion.Write(new ProbeRequest("conv", ContentHash.Of(Model), new())), 0);

    private static RemoteProbe Probe(ProbeQuestion question) => new(question.Id, question.Campaign, (int)question.Kind, question.Request, Model, InventedAgent.Description.Fingerprint);

    private async Task<ProbeResult> AskAsync(string device)
    {
        using var client = fleet.Client(fleet.OperatorToken);
        using var answer = await client.PostAsync($"api/devices/{device}/probes", new ByteArrayContent(ProbeQuestion.Write(Probe(Question(device)))), Cancellation);
        return ProbeQuestion.Read<ProbeResult>(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancellation));
    }
}

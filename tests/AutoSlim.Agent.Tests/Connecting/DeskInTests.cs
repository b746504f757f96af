using System.Diagnostics;
using AutoSlim.Agent.Connecting;
using AutoSlim.Agent.Models;
using AutoSlim.Agent.State;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Tests.Connecting;

/// <summary>An agent's desk whose measuring process is a script that notes its start, and ends without an answer.</summary>
internal sealed class DeskInTests : IDisposable
{
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly InventedSystem system = new();
    private readonly string script;
    private readonly BlobCache cache = new();
    private readonly ModelFetcher models;
    private readonly Worker worker;
    private readonly Courier courier;

    public DeskInTests(string work)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script needs a Unix shell");
        script = Path.Combine(system.Root, "worker");
        system.With("worker", $"#!/bin/sh\necho started >> \"$0.log\"\n{work}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var options = new AgentOptions { Server = new("http://127.0.0.1:1"), Name = "pi", Token = "a-token-of-some-length", StateFolder = Path.Combine(system.Root, "state"), WorkerProgram = script };
        cache.Write(Model, Content);
        (models, worker, Journal) = (new(options, cache), new(options, cache.Folder), new(new StateFolder(options)));
        models.Admit(options.Token);
        courier = new(Journal);
        Desk = new(models, worker, Journal, courier);
    }

    public static string Model { get; } = ContentHash.Of(Content);

    public Journal Journal { get; }

    public RequestDesk Desk { get; }

    /// <summary>How often something was measured.</summary>
    public int Measured => File.Exists($"{script}.log") ? File.ReadAllLines($"{script}.log").Length : 0;

    public void Measure(ProbeLease lease, string? model = null) => Desk.Measure(lease, new("conv", model ?? Model, new()));

    public static async Task UntilAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "not in time");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        Desk.Dispose();
        courier.Dispose();
        worker.Dispose();
        models.Dispose();
        cache.Dispose();
        system.Dispose();
    }
}

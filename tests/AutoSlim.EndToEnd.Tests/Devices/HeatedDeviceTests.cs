using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>A real agent and a real model on a device whose sensor a test moves.</summary>
public sealed class HeatedDeviceTests : IAsyncLifetime
{
    private static readonly byte[] Model = SmallModels.Convolution(8, 8, 16);
    private static readonly MeasurementPlan Lenient = new() { MinimumCpuFraction = 0 };

    private readonly TemporaryFolder folder = new();
    private HeatedSystem? system;
    private DeviceServer? server;
    private LocalAgent? agent;

    private LocalAgent Agent => OrSkip(agent);

    private DeviceServer Server => OrSkip(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!await HeatedSystem.IsPossibleAsync(CancellationToken.None)) return;
        system = new(new LocalAgentOptions().Executable, folder.Path);
        server = await DeviceServer.StartAsync(new(), CancellationToken.None);
        agent = await LocalAgent.StartAsync(server, new() { Name = "heated", WorkerProgram = system.Program }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (agent is not null) await agent.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_cool_device_is_measured_and_says_how_warm_it_is()
    {
        var result = await MeasureAsync(Lenient);
        Assert.Equal((ProbeStatus.Ok, null), (result.Status, result.Reason));
        Assert.Equal(40, result.Conditions.TemperatureCelsius);
    }

    [Fact]
    public async Task A_device_that_is_too_hot_is_not_measured()
    {
        Heat();
        var result = await MeasureAsync(Lenient);
        Assert.Equal((ProbeStatus.Thermal, 0, 84.2), (result.Status, result.SamplesMicroseconds.Count, result.Conditions.TemperatureCelsius));
        Assert.Equal("the device is too hot: thermal_zone0 (cpu-thermal) is at 84.2 C, its passive trip at 80 C", result.Reason);
    }

    [Fact]
    public async Task A_device_that_grows_too_hot_meanwhile_stops_with_the_samples_so_far()
    {
        var measuring = MeasureAsync(Lenient with { SampleMilliseconds = 20, MinimumSamples = 1000, MaximumSamples = 1000, TimeLimitMilliseconds = 60_000 });
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
        Heat();
        var result = await measuring.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(ProbeStatus.Thermal, result.Status);
        Assert.InRange(result.SamplesMicroseconds.Count, 1, 900);
    }

    [Fact]
    public async Task What_fails_says_how_warm_the_device_is_too()
    {
        var result = await Agent.Device.MeasureAsync([1, 2, 3], "garbage", Lenient, Cancellation);
        Assert.Equal((ProbeStatus.Failed, 40), (result.Status, result.Conditions.TemperatureCelsius));
    }

    [Fact]
    public async Task A_person_may_want_the_device_cooler_than_its_system_does()
    {
        using var process = AgentProgram.Start(Server.Token, "--server", $"{Server.Address}", "--name", "cool", "--max-temperature", "39.5", "--worker-program", system!.Program);
        var device = await Server.WaitForAsync("cool", TimeSpan.FromSeconds(30), Cancellation);
        var result = await device.MeasureAsync(Model, "conv", Lenient, Cancellation);
        process.Kill();
        Assert.Equal("the device is too hot: thermal_zone0 (cpu-thermal) is at 40 C, the maximum temperature asked for is 39.5 C", result.Reason);
    }

    private void Heat()
    {
        if (system is not null) system.Celsius = 84.2;
    }

    private Task<ProbeResult> MeasureAsync(MeasurementPlan plan) => Agent.Device.MeasureAsync(Model, "conv", plan, Cancellation);

    private static T OrSkip<T>(T? value)
        where T : class
    {
        Assert.SkipWhen(value is null, "this system lets nobody mount folders here");
        return value!;
    }
}

using AutoSlim.Host.Remote;
using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>A host with something to show, and one browser for all tests that look at it.</summary>
public sealed class ServedPage : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private const float PatienceMilliseconds = 20_000;

    private readonly TemporaryFolder folder = new();
    private ServingProcess? host;
    private EnrolledAgent? pixel;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? signedIn;

    /// <summary>The run that the host shows.</summary>
    internal RunFolder Example => new(Path.Combine(folder.Path, "work", ExampleWork.Run));

    /// <summary>What the host keeps.</summary>
    internal string DatabasePath => Path.Combine(folder.Path, "state", "fleet.db");

    internal ServingProcess Host => host!;

    internal EnrolledAgent Pixel => pixel!;

    public Uri Address => Host.Address;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "work")).FullName;
        ExampleWork.Write(work);
        host = await ServingProcess.StartAsync(folder.Path, work);
        pixel = await EnrolledAgent.ConnectAsync(host, "pixel", pool: "phones");
        await EnrolledAgent.EnrolAsync(host, "shelf");
        await AskAsync("pixel");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        signedIn = await SignInOnceAsync();
    }

    /// <summary>A browser of one's own, in which the operator has signed in.</summary>
    /// <param name="isPhone">390 pixels wide.</param>
    public Task<IPage> OpenAsync(string path, bool isPhone = false) => OpenAsync(path, isPhone, signedIn);

    /// <summary>The same, of a stranger.</summary>
    public Task<IPage> OpenAsStrangerAsync(string path) => OpenAsync(path, isPhone: false, state: null);

    /// <summary>An HTTP client that follows no redirects and shows the operator's token, or nothing.</summary>
    internal HttpClient Client(bool asOperator)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (asOperator) http.DefaultRequestHeaders.Authorization = new("Bearer", Host.Token);
        return http;
    }

    public static void RequireBrowser()
    {
        if (!File.Exists(Chromium)) Assert.Skip($"there is no browser at {Chromium}");
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (pixel is not null) await pixel.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>One probe, as a verb elsewhere asks it.</summary>
    internal async Task AskAsync(string device)
    {
        var model = SmallModels.Convolution(8, 8, 8);
        using var client = new HostClient(new(Address, AgentToken.Parse(Host.Token)!), attempts: 1);
        var link = new ServerDevice(client, device, InventedAgent.Description, "test");
        await link.MeasureAsync(model, new("convolution of the test", ContentHash.Of(model), new()), CancellationToken.None);
    }

    private async Task<IPage> OpenAsync(string path, bool isPhone, string? state)
    {
        var viewport = isPhone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 800 };
        var context = await browser!.NewContextAsync(new() { BaseURL = Address.ToString(), ViewportSize = viewport, StorageState = state, ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    private async Task<string> SignInOnceAsync()
    {
        var page = await OpenAsStrangerAsync("/sign-in");
        await page.SignInAsync(Host.Token);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Devices" }).WaitForAsync();
        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }
}

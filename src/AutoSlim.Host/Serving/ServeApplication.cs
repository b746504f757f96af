using System.Data.Common;
using AutoSlim.Host.Dashboard;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Jobs;
using AutoSlim.Host.Remote;
using AutoSlim.Host.Serving.Access;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Host.Telemetry;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace AutoSlim.Host.Serving;

/// <summary>The headless host put together: hub, API, page, jobs.</summary>
internal static class ServeApplication
{
    private const long OverheadBytes = 1 << 20;
    private const string EitherScheme = "either";
    private static readonly TimeSpan SignInTime = TimeSpan.FromDays(7);

    /// <param name="options">Checked.</param>
    /// <param name="files">Of the host's state.</param>
    /// <param name="database">Of the fleet.</param>
    /// <param name="hold">Of the database, held.</param>
    public static WebApplication Build(ServeOptions options, StateFiles files, FleetDatabase database, DatabaseHold hold)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ServeApplication).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        Log(builder);
        var identity = Listen(builder, options, files);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(files)
            .AddSingleton(database)
            .AddSingleton(hold)
            .AddSingleton(identity)
            .AddSingleton(options.Leases)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<RunningHost>()
            .AddSingleton<CredentialStore>()
            .AddSingleton<OperatorSessions>()
            .AddSingleton<DeviceRoster>()
            .AddSingleton<MeasuringApi>()
            .AddSingleton<JobStore>()
            .AddSingleton<JobOutcomes>()
            .AddSingleton<StepProcess>()
            .AddSingleton<JobRunner>()
            .AddHostedService(services => services.GetRequiredService<JobRunner>())
            .AddHostedService<LedgerRetention>()
            .AddProfilerHub()
            .AddSystemd()
            .AddWindowsService()
            .AddHostedService<DatabaseWatch>()
            .AddHostedService<SystemdWatchdog>()
            .AddOpenApi()
            .AddProblemDetails()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(HostClient.Json.Converters[0]));
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new(files.KeysPath)).SetApplicationName("autoslim");
        AddAccess(builder.Services);
        builder.AddDashboard();
        FleetTelemetry.Add(builder, options);
        var application = builder.Build();
        Map(application);
        return application;
    }

    private static void Log(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (Microsoft.Extensions.Hosting.Systemd.SystemdHelpers.IsSystemdService()) builder.Logging.AddSystemdConsole();
        else builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffzzz "));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("AutoSlim", LogLevel.Information)
            // What keeps the host from starting is told in one line by whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // A line for every probe, or for every request of whoever knocks, would bury the rest.
            .AddFilter("Polly", LogLevel.Warning).AddFilter(typeof(TokenAuthentication).FullName, LogLevel.Warning)
            // The keys lie in a folder that its owner alone can read.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static HostIdentity Listen(WebApplicationBuilder builder, ServeOptions options, StateFiles files)
    {
        var addresses = options.Addresses.Select(ServeOptions.Parse).ToList();
        var certificate = addresses.Any(address => address.IsSecure) ? HostCertificate.LoadOrCreate(files, TimeProvider.System) : null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ProfilerProtocol.MaximumBlobBytes + OverheadBytes;
            foreach (var (address, port, isSecure) in addresses)
                kestrel.Listen(address, port, listen =>
                {
                    if (isSecure) listen.UseHttps(certificate!);
                });
        });
        return new(certificate is null ? "" : ContentHash.Of(certificate.RawData));
    }

    /// <summary>Programs show tokens, browsers a cookie; neither is taken for the other.</summary>
    private static void AddAccess(IServiceCollection services)
    {
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, either => either.ForwardDefaultSelector = context =>
                TokenAuthentication.TokenOf(context.Request) is null ? CookieAuthenticationDefaults.AuthenticationScheme : TokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddCookie(cookie =>
            {
                (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite) = ("autoslim", true, SameSiteMode.Strict);
                (cookie.ExpireTimeSpan, cookie.SlidingExpiration, cookie.LoginPath) = (SignInTime, true, "/sign-in");
                cookie.Events.OnValidatePrincipal = SignInPages.CheckSession;
                cookie.Events.OnRedirectToLogin = SignInPages.RedirectPagesOnly;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Agent, policy => policy.AddAuthenticationSchemes(TokenAuthentication.SchemeName).RequireRole(Roles.Agent))
            .AddPolicy(Roles.Newcomer, policy => policy.AddAuthenticationSchemes(TokenAuthentication.SchemeName).RequireRole(Roles.Newcomer))
            .AddPolicy(Roles.Operator, policy => policy.RequireRole(Roles.Operator));
    }

    /// <summary>Who waits for something at the API would keep the host from stopping, and is to ask again when it is back.</summary>
    private static async Task CutOffAtStopAsync(HttpContext context, RequestDelegate next)
    {
        using var stopping = context.Request.Path.StartsWithSegments("/api")
            ? context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(context.Abort)
            : default;
        await next(context);
    }

    private static int StatusOf(Exception error) => error switch
    {
        DbException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException wrong => wrong.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static void Map(WebApplication application)
    {
        application.Use(SecurityHeaders.AddAsync);
        // A disk that is full is emptied one day: whoever asks then tries again.
        application.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        application.UseStatusCodePages();
        application.UseNotFoundPage();
        application.UseAuthentication();
        application.Use(SameOrigin.RequireAsync);
        application.Use(CutOffAtStopAsync);
        application.UseAuthorization();
        application.UseAntiforgery();
        foreach (var endpoint in application.MapProfilerHub()) endpoint.RequireAuthorization(Roles.Agent);
        var operators = application.MapGroup("/api").RequireAuthorization(Roles.Operator);
        DevicesApi.Map(operators, application.MapGroup("").RequireAuthorization(Roles.Newcomer));
        OperatorApi.Map(operators);
        JobsApi.Map(operators);
        MeasuringApi.Map(operators);
        RunsApi.Map(operators);
        application.MapOpenApi().RequireAuthorization(Roles.Operator);
        application.MapGet("/health", HealthApi.Check);
        SignInPages.Map(application);
        application.MapDashboard();
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoSlim.Tests.Common;

/// <summary>Takes what OpenTelemetry sends (OTLP over HTTP), as it comes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> posts = new();
    private readonly WebApplication application;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        application = builder.Build();
        application.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body, Encoding.Latin1);
            posts.Enqueue((context.Request.Path, await body.ReadToEndAsync(context.RequestAborted)));
        });
    }

    public string Address => application.Urls.Single();

    /// <summary>What a sender needs to send here, soon.</summary>
    public (string Name, string Value)[] Settings => [("OTEL_EXPORTER_OTLP_ENDPOINT", Address), .. Quickly];

    /// <summary>The same without the address.</summary>
    public static (string Name, string Value)[] Quickly => [("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "300")];

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.application.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public bool HasMetric(string name) => posts.Any(post => post.Path == "/v1/metrics" && post.Body.Contains(name, StringComparison.Ordinal));

    /// <summary>The traces, in hex digits, that have a span of this name.</summary>
    public IReadOnlySet<string> TracesWith(string name)
    {
        // In a span (opentelemetry/proto/trace/v1): trace id, span id, their parent's if any, flags, name.
        var span = new Regex($@"\n\x10(?<trace>.{{16}})\x12\x08.{{8}}(?:\x22\x08.{{8}})?.{{0,8}}?\x2a{Regex.Escape($"{(char)name.Length}{name}")}", RegexOptions.Singleline);
        return posts.Where(post => post.Path == "/v1/traces").SelectMany(post => span.Matches(post.Body)).Select(match => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(match.Groups["trace"].Value))).ToHashSet();
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}

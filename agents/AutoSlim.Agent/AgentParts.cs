using AutoSlim.Agent.Connecting;
using AutoSlim.Agent.Models;
using AutoSlim.Agent.State;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Agent;

/// <summary>What every agent is made of; what keeps its state, what runs models, and what keeps it going come beside it.</summary>
internal static class AgentParts
{
    public static IServiceCollection AddAgent(this IServiceCollection services, AgentOptions options) => services
        .AddSingleton(options)
        .AddSingleton<Journal>()
        .AddSingleton<Admission>()
        .AddSingleton<Courier>()
        .AddSingleton<BlobCache>()
        .AddSingleton<ModelFetcher>()
        .AddSingleton(services => services.GetRequiredService<BlobCache>().Folder)
        .AddSingleton<RequestDesk>();
}

using AutoSlim.Host.Commands;
using AutoSlim.Host.Serving;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Remote;

/// <summary>Where a running host is, and what opens it.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Token">An operator's.</param>
internal sealed record HostAddress(Uri Server, AgentToken Token)
{
    /// <summary>The environment variables that <c>--server</c> and the token come from where nothing else says so; those of jobs too.</summary>
    public const string ServerVariable = "AUTOSLIM_SERVER";

    public const string TokenVariable = "AUTOSLIM_OPERATOR_TOKEN";

    /// <summary>Names the work that asks devices, for answers to be found again after a restart.</summary>
    public const string CampaignVariable = "AUTOSLIM_CAMPAIGN";

    /// <summary>Null where neither the option nor the environment names a host.</summary>
    /// <param name="server">The option's value.</param>
    /// <exception cref="UsageException">The address or the token cannot be used.</exception>
    public static HostAddress? Find(string? server)
    {
        server ??= Environment.GetEnvironmentVariable(ServerVariable);
        return server is null ? null : Of(server, Environment.GetEnvironmentVariable(TokenVariable), $"the environment variable {TokenVariable}");
    }

    /// <summary>The same, or else the host that keeps its state in a folder of this machine.</summary>
    /// <inheritdoc cref="Find(string?)"/>
    public static HostAddress Find(string? server, string stateFolder) => Find(server) ?? OfState(stateFolder);

    /// <summary>The host that keeps its state in a folder of this machine.</summary>
    /// <exception cref="UsageException">None does, or its token cannot be used.</exception>
    public static HostAddress OfState(string stateFolder)
    {
        var (address, token) = (Path.Combine(stateFolder, StateFiles.AddressName), Path.Combine(stateFolder, StateFiles.OperatorTokenName));
        if (!File.Exists(address) || !File.Exists(token))
            throw new UsageException($"no host keeps its state in '{stateFolder}': start one with autoslim serve, name its folder with --state, or another machine's address with --server and its operator's token in {TokenVariable}");
        return Of(File.ReadAllText(address).Trim(), File.ReadAllText(token), $"'{token}'");
    }

    private static HostAddress Of(string server, string? token, string source)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw new UsageException($"--server '{server}' is no http or https address");
        if (uri is { Scheme: "http", IsLoopback: false }) throw new UsageException($"--server '{server}' would carry the token in plain text over the network: use https, or a tunnel to loopback");
        return AgentToken.Parse(token?.Trim()) is { Purpose: AgentToken.Operator } parsed
            ? new(uri, parsed)
            : throw new UsageException($"{source} holds no operator's token; the host has it in {StateFiles.OperatorTokenName} of its state folder");
    }
}

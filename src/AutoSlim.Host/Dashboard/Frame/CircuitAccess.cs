using AutoSlim.Host.Serving.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AutoSlim.Host.Dashboard.Frame;

/// <summary>A page that is open shows its cookie once, when it connects: this asks again, so that who is out sees nothing more.</summary>
internal sealed class CircuitAccess(ILoggerFactory logs, OperatorSessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(1);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.IsOpen(authenticationState.User));
}

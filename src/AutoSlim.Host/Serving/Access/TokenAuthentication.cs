using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AutoSlim.Host.Serving.Access;

/// <summary>Bearer tokens, from the header alone: an address ends up in logs.</summary>
internal sealed class TokenAuthentication(CredentialStore credentials, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";
    private const string Prefix = "Bearer ";

    /// <summary>Null where the request shows no bearer token.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is string header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not string token) return Task.FromResult(AuthenticateResult.NoResult());
        if (credentials.Find(token) is not Caller caller) return Task.FromResult(AuthenticateResult.Fail("the token is unknown, expired or revoked"));
        return Task.FromResult(AuthenticateResult.Success(new(Principal(caller), Scheme.Name)));
    }

    private ClaimsPrincipal Principal(Caller caller)
    {
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new(ClaimTypes.Role, caller.Role));
        if (caller.Device is not null) identity.AddClaim(new(ClaimTypes.Name, caller.Device));
        return new(identity);
    }
}

using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AutoSlim.Host.Serving.Access;

/// <summary>What a person's browser may do after it showed the operator's token: until it signs out, or the token is replaced.</summary>
internal sealed class OperatorSessions(CredentialStore credentials)
{
    private const string SessionClaim = "session";
    private const string OpenedByClaim = "opened-by";
    private const int SessionBytes = 16;

    /// <summary>Who the cookie says that a browser is; null where the token is not the operator's.</summary>
    public ClaimsPrincipal? Open(string token)
    {
        if (credentials.Find(token) is not { Role: Roles.Operator }) return null;
        Claim[] claims =
        [
            new(ClaimTypes.Role, Roles.Operator),
            new(SessionClaim, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionBytes))),
            new(OpenedByClaim, CredentialStore.HashOf(AgentToken.Parse(token)!.Secret)),
        ];
        return new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    public bool IsOpen(ClaimsPrincipal? person) =>
        person?.FindFirstValue(OpenedByClaim) is string openedBy && credentials.IsGood(openedBy) && !credentials.IsRevoked(HashOfSession(person));

    /// <summary>Whether who was let in may still be: by a token, or by a cookie.</summary>
    public bool IsIn(HttpContext context) =>
        TokenAuthentication.TokenOf(context.Request) is string token ? credentials.Find(token) is { Role: Roles.Operator } : IsOpen(context.User);

    /// <summary>Ends it, in every tab and for whoever has a copy of the cookie.</summary>
    public Task EndAsync(ClaimsPrincipal person) => IsOpen(person) ? credentials.EndSessionAsync(HashOfSession(person)) : Task.CompletedTask;

    private static string HashOfSession(ClaimsPrincipal person) => ContentHash.Of(Encoding.ASCII.GetBytes(person.FindFirstValue(SessionClaim) ?? ""));
}

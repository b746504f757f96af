using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace AutoSlim.Host.Devices;

/// <summary>Lets only requests with the server's token pass; a comparison takes equally long whatever was presented.</summary>
internal sealed class BearerToken(string token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] expected = Digest(token);

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (IsPresented(context.Request.Headers.Authorization)) return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers[HeaderNames.WWWAuthenticate] = Scheme.TrimEnd();
        return Task.CompletedTask;
    }

    public bool IsPresented(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
        && CryptographicOperations.FixedTimeEquals(Digest(authorization[Scheme.Length..]), expected);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

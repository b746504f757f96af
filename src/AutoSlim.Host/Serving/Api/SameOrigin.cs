using AutoSlim.Host.Serving.Access;

namespace AutoSlim.Host.Serving.Api;

/// <summary>A browser sends its cookie along for whatever a page asks, and a page on another port of the host is no other site to it: what changes something must come from the host's own pages.</summary>
internal static class SameOrigin
{
    public static async Task RequireAsync(HttpContext context, RequestDelegate next)
    {
        if (Changes(context.Request) && TokenAuthentication.TokenOf(context.Request) is null && !IsOwn(context.Request))
            await Refusal.Forbidden("a request with a cookie must come from the host's own pages; programs show a token").ExecuteAsync(context);
        else await next(context);
    }

    private static bool Changes(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Cookies.Count > 0;

    private static bool IsOwn(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin" || string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}

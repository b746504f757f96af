using System.Security.Claims;
using AutoSlim.Host.Serving.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AutoSlim.Host.Serving;

/// <summary>How a person's browser comes in: the operator's token once, a cookie from then on.</summary>
internal static class SignInPages
{
    private const string PagePath = "/sign-in";

    public static void Map(WebApplication application)
    {
        application.MapPost(PagePath, (Delegate)SignInAsync).DisableAntiforgery();
        application.MapPost("/sign-out", (Delegate)SignOutAsync).DisableAntiforgery();
    }

    /// <summary>A program that comes without a token is told so, and not sent to a page.</summary>
    public static Task RedirectPagesOnly(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi")) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static async Task<IResult> SignInAsync(HttpContext context, CredentialStore credentials)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (credentials.Find(form["token"].ToString().Trim()) is not { Role: Roles.Operator }) return Results.Redirect($"{PagePath}?refused=true");
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, Roles.Operator)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(identity));
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.Redirect(PagePath);
    }
}

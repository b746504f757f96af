using System.Security.Claims;
using AutoSlim.Host.Serving.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AutoSlim.Host.Serving;

/// <summary>How a person's browser comes in: the operator's token once, a cookie from then on.</summary>
internal static class SignInPages
{
    /// <summary>The form's field for where the person wanted to go.</summary>
    public const string ReturnField = "returnUrl";

    private const string PagePath = "/sign-in";

    /// <summary>Of a form of some short fields: whoever is let in to nothing yet fills neither memory nor disk.</summary>
    private const long MaximumFormBytes = 64 << 10;

    public static void Map(WebApplication application)
    {
        // Before the page's own endpoint, which would take forms too. Both look at the form's token themselves, to answer with a page.
        application.MapPost(PagePath, (Delegate)SignInAsync).WithOrder(-1).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaximumFormBytes));
        application.MapPost("/sign-out", (Delegate)SignOutAsync).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaximumFormBytes));
    }

    /// <summary>A program that comes without a token is told so, and not sent to a page.</summary>
    public static Task RedirectPagesOnly(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi")) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>A cookie is good for as long as its session.</summary>
    public static Task CheckSession(CookieValidatePrincipalContext context)
    {
        if (!context.HttpContext.RequestServices.GetRequiredService<OperatorSessions>().IsOpen(context.Principal)) context.RejectPrincipal();
        return Task.CompletedTask;
    }

    private static Task<IResult> SignInAsync(HttpContext context, OperatorSessions sessions, IAntiforgery antiforgery) => OfFormAsync(context.Request, async read =>
    {
        if (read is not IFormCollection form) return Again("refused", "");
        var wanted = form[ReturnField].ToString();
        if (!await antiforgery.IsRequestValidAsync(context)) return Again("stale", wanted);
        if (sessions.Open(form["token"].ToString().Trim()) is not ClaimsPrincipal person) return Again("refused", wanted);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person);
        return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(wanted) ? wanted : "/");
    });

    /// <summary>Null for a body that is no form: refused like a wrong token. One that is too large is refused before it is read. Neither is a fault of the host.</summary>
    private static async Task<IResult> OfFormAsync(HttpRequest request, Func<IFormCollection?, Task<IResult>> answer)
    {
        IFormCollection? form = null;
        try
        {
            if (request.HasFormContentType) form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // No form after all.
        }
        catch (BadHttpRequestException wrong)
        {
            return Results.StatusCode(wrong.StatusCode);
        }

        return await answer(form);
    }

    private static IResult Again(string reason, string wanted) => Results.LocalRedirect($"{PagePath}{QueryString.Create(reason, "true").Add("ReturnUrl", wanted)}");

    private static Task<IResult> SignOutAsync(HttpContext context, OperatorSessions sessions, IAntiforgery antiforgery) => OfFormAsync(context.Request, async _ =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.LocalRedirect("/");
        await sessions.EndAsync(context.User);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(PagePath);
    });
}

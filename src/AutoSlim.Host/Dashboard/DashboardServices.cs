using AutoSlim.Host.Dashboard.Frame;
using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Host.Serving.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;

namespace AutoSlim.Host.Dashboard;

/// <summary>The page: components that run here and draw over a circuit in the operator's browser.</summary>
internal static class DashboardServices
{
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        // A build keeps the page's files where they came from, a publish in wwwroot; without a build's list this does nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.Services
            .AddSingleton<TableShelf>()
            .AddSingleton<RunCatalog>()
            .AddCascadingAuthenticationState()
            .AddScoped<AuthenticationStateProvider, CircuitAccess>()
            .AddMudServices()
            .AddAntiforgery(form => (form.Cookie.Name, form.Cookie.SameSite) = ("autoslim-form", SameSiteMode.Strict))
            .AddRazorComponents()
            .AddInteractiveServerComponents();
    }

    /// <summary>A person at a wrong address gets a page; programs get what they got.</summary>
    public static void UseNotFoundPage(this WebApplication application)
    {
        application.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        application.Use((context, next) =>
        {
            if (!IsForPerson(context.Request)) context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return next(context);
        });
    }

    public static void MapDashboard(this WebApplication application)
    {
        application.MapStaticAssets();
        application.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(Roles.Operator);
    }

    private static bool IsForPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/api");
}

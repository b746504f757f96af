using AutoSlim.Host.Dashboard.Reading;
using AutoSlim.Host.Serving.Access;
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
            .AddMudServices()
            .AddAntiforgery(form => (form.Cookie.Name, form.Cookie.SameSite) = ("autoslim-form", SameSiteMode.Strict))
            .AddRazorComponents()
            .AddInteractiveServerComponents();
    }

    public static void MapDashboard(this WebApplication application)
    {
        application.MapStaticAssets();
        application.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(Roles.Operator);
    }
}

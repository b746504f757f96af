using Microsoft.Playwright;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>What a person does and sees.</summary>
internal static class PageActions
{
    public static async Task SignInAsync(this IPage page, string token)
    {
        await page.GetByLabel("Operator's token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public static Task SeesHeadingAsync(this IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    public static ILocator Device(this IPage page, string name) => page.Locator($"tr[data-device='{name}']");
}

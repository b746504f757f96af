using System.Net;

namespace AutoSlim.Host.Tests.Dashboard;

[Collection(PageTestGroup.Name)]
public sealed class NotFoundPageTests(ServedPage served)
{
    [Fact]
    public async Task A_person_at_a_wrong_address_is_told_what_there_is()
    {
        ServedPage.RequireBrowser();
        var page = await served.OpenAsync("/no/such/page");
        await page.SeesHeadingAsync("There is no such page");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_program_at_a_wrong_address_gets_no_page()
    {
        ServedPage.RequireBrowser();
        using var http = served.Client(asOperator: true);
        using var answer = await http.GetAsync("/no/such/page", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}

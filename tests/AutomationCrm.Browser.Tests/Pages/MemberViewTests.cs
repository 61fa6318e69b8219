using AutomationCrm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

[Collection(PortalTests.Name)]
public sealed class MemberViewTests(PortalFixture portal)
{
    [Fact]
    public async Task Through_a_members_eyes_the_pages_of_administrators_and_closed_deals_are_not_there()
    {
        var (open, closed) = (await portal.TakeDealAsync(), await portal.TakeDealAsync());
        await portal.ExecuteAsync("update item set opened = false, created_by = a.id, responsible_id = a.id from (select id from person where is_admin and not is_demo limit 1) a where type_id = 2 and item.id = $1", closed);
        await using var test = await portal.OpenAsync("/deals");
        await test.Page.Locator(".user-button").ClickAsync();
        await test.Page.Locator("#user-menu button[name=personId]").First.ClickAsync();
        try
        {
            await Expect(test.Page.Locator(".viewing-as")).ToBeVisibleAsync();
            await Expect(test.Page.Locator(".sidebar a[href='/people']")).ToHaveCountAsync(0);
            await PageChecks.CheckAsync(test);
            foreach (var path in (string[])["/people", "/automation", "/outbox", "/import", "/automation/deals/0"])
                Assert.Equal((path, 403), (path, (await test.Page.Context.APIRequest.GetAsync(path)).Status));
            Assert.Equal(200, (await test.Page.Context.APIRequest.GetAsync($"/deals/{open}")).Status);
            await test.GoAsync($"/deals/{closed}");
            await Expect(test.Page.Locator("h1")).ToHaveTextAsync("There is nothing here");
        }
        finally
        {
            await test.Page.Locator(".viewing-as button").ClickAsync();
        }

        await Expect(test.Page.Locator(".viewing-as")).ToHaveCountAsync(0);
        Assert.Equal(200, (await test.Page.Context.APIRequest.GetAsync("/people")).Status);
        test.AssertQuiet();
    }
}

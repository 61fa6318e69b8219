using System.Globalization;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>A list of robots on its way through many items.</summary>
[Collection(PortalTests.Name)]
public sealed class LaunchTests(PortalFixture portal)
{
    [Fact]
    public async Task A_launch_is_stopped_on_its_page_and_the_rest_of_the_items_get_no_turn()
    {
        await portal.CallAsync("automation.script.set", """{"entityTypeId":2,"name":"Greet","robots":[{"key":"hi","type":"add_comment","name":"Hi","settings":{"text":"hi"}}]}""");
        var script = await portal.ScalarAsync<long>("select max(split_part(key, ':', 2)::bigint) from config_version where kind = 'script' and key like '2:%'");
        var items = await portal.ScalarAsync<string>("select string_agg(id::text, ',') from item where type_id = 2");
        await portal.CallAsync("automation.script.launch", string.Create(CultureInfo.InvariantCulture, $$"""{"entityTypeId":2,"id":{{script}},"items":[{{items}}]}"""));
        var launch = await portal.ScalarAsync<long>("select max(id) from launch");
        await using var test = await portal.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/automation/launches/{launch}"));

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the rest" }).ClickAsync();
        await test.Page.Locator("dialog[open] button.btn-primary").ClickAsync();

        await Expect(test.Page.GetByText("The rest is stopped.")).ToBeVisibleAsync();
        await Expect(test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the rest" })).ToHaveCountAsync(0);
        Assert.Equal(2, await portal.ScalarAsync<short>(string.Create(CultureInfo.InvariantCulture, $"select state from launch where id = {launch}")));
        test.AssertQuiet();
    }
}

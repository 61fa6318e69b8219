using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The boards, the robots and the administration in both themes and both widths.</summary>
[Collection(PortalTests.Name)]
public sealed class EngineViewTests(PortalFixture portal)
{
    [Theory]
    [InlineData("/deals", "board")]
    [InlineData("/leads", "board-leads")]
    [InlineData("/proposals", "board-proposals")]
    [InlineData("/invoices", "board-invoices")]
    [InlineData("/automation/deals/0", "automation")]
    [InlineData("/automation/deals/0/robot?stage=NEW&type=call_webhook", "robot-webhook")]
    [InlineData("/automation/deals/0/robot?stage=NEW&type=change_fields", "robot-fields")]
    [InlineData("/automation/deals/0/robot?stage=PREPARATION&key=legal", "robot-task")]
    [InlineData("/automation/deals/0/versions?stage=PREPARATION", "automation-versions")]
    [InlineData("/import", "import")]
    [InlineData("/webhooks", "webhooks")]
    [InlineData("/people", "people")]
    [InlineData("/people/departments", "departments")]
    [InlineData("/account", "account")]
    [InlineData("/openapi", "openapi")]
    public Task A_page_is_sound_in_every_view(string path, string picture) => PageChecks.EveryViewAsync(portal, path, picture);
}

using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>Every page of the editor in both themes and both widths.</summary>
[Collection(PortalTests.Name)]
public sealed class EditorViewTests(PortalFixture portal)
{
    [Fact]
    public async Task The_page_of_a_pipeline_is_readable_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0", "automation");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/robot?stage=PREPARATION&type=create_task", "automation-robot");
    }

    [Fact]
    public async Task The_pages_around_the_editor_are_readable_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/guide", "automation-guide");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/usage?field=OPPORTUNITY", "automation-usage");
        await PageChecks.EveryViewAsync(portal, "/automation/launches");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/versions?stage=PREPARATION");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/transfer");
    }

    [Fact]
    public async Task Robots_with_many_kinds_of_settings_are_readable_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/robot?stage=EXECUTING&type=wait_for", "automation-wait");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/robot?stage=EXECUTING&type=change_pipeline", "automation-change-pipeline");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/robot?stage=EXECUTING&type=send_sms", "automation-send-sms");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/trigger?stage=EXECUTING&type=all_linked_items_closed");
    }
}

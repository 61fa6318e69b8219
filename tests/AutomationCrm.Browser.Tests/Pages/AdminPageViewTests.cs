using AutomationCrm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Axe, CSP, script errors and sideways scroll of the pages that administrators and visitors open.</summary>
[Collection(PortalTests.Name)]
public sealed class AdminPageViewTests(PortalFixture portal)
{
    [Theory]
    [InlineData("/calendar", "calendar")]
    [InlineData("/web-forms/0/2", "web-form-new")]
    [InlineData("/automation/deals/0/trigger?stage=PREPARATION&type=field_changed", "trigger-field")]
    [InlineData("/automation/deals/0/trigger?stage=PREPARATION&type=date_reached", "trigger-date")]
    [InlineData("/automation/deals/0/trigger?stage=PREPARATION&type=form_submitted", "trigger-form")]
    [InlineData("/automation/deals/0/robot?stage=NEW&type=send_email", "robot-email")]
    [InlineData("/automation/deals/0/robot?stage=NEW&type=wait_for", "robot-wait")]
    [InlineData("/automation/deals/0/shipped", "shipped")]
    [InlineData("/automation/deals/0/scripts", "scripts")]
    [InlineData("/automation/deals/0/pauses", "pauses")]
    [InlineData("/automation/deals/0/required", "required-none")]
    [InlineData("/automation/deals/0/problems", "problems")]
    [InlineData("/automation/deals/0/guide", "guide")]
    [InlineData("/automation/deals/0/usage", "usage")]
    [InlineData("/automation/deals/0/transfer", "transfer")]
    [InlineData("/automation/launches", "launches")]
    [InlineData("/automation/deals/0/try?stage=NEW", "try")]
    [InlineData("/document-templates", "document-templates")]
    [InlineData("/runs", "runs")]
    [InlineData("/account/second-factor", "second-factor")]
    [InlineData("/account/sessions", "sessions")]
    public Task A_page_is_sound_in_every_view(string path, string picture) => PageChecks.EveryViewAsync(portal, path, picture);

    [Fact]
    public async Task The_list_of_forms_and_a_form_are_sound_in_every_view()
    {
        await Samples.FormAsync(portal, "formviews", "Write to us");
        await PageChecks.EveryViewAsync(portal, "/web-forms", "web-forms");
        await PageChecks.EveryViewAsync(portal, "/forms/formviews", "form");
        await PageChecks.EveryViewAsync(portal, "/forms/nosuchform", "form-gone");
    }

    [Fact]
    public async Task The_page_of_a_client_is_sound_in_every_view()
    {
        var deal = await portal.TakeDealAsync();
        await portal.ExecuteAsync("insert into client_link (type_id, item_id, token, signing_key) values (2, $1, 'clientviews', decode(repeat('ab', 32), 'hex'))", deal);
        await PageChecks.EveryViewAsync(portal, "/client/clientviews", "client");
        await PageChecks.EveryViewAsync(portal, $"/client-link/2/{deal}", "client-link");
    }

    [Fact]
    public async Task Global_values_are_sound_in_every_view()
    {
        await portal.ExecuteAsync("insert into global_value (code, name, is_constant, kind, description, version, updated_at, updated_by) select 'ViewRate', 'Discount for regulars', false, 'Number', 'Robots add it to the offer.', 1, now(), id from person where is_admin and not is_demo on conflict do nothing");
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
        await PageChecks.EveryViewAsync(portal, "/global-values", "global-values");
        await PageChecks.EveryViewAsync(portal, "/global-values/ViewRate", "global-value");
    }

    [Fact]
    public async Task The_recycle_bin_is_sound_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/recycle-bin?q=nothingmatchesthis", "recycle-bin-empty");
        var deal = await portal.TakeDealAsync();
        await portal.CallAsync("crm.deal.delete", $$"""{"id":{{deal}}}""");
        await PageChecks.EveryViewAsync(portal, "/recycle-bin", "recycle-bin");
        await using var test = await portal.OpenAsync("/recycle-bin");
        await test.Page.Locator($"#recycled-2-{deal} .btn-outline-danger").ClickAsync();
        await Expect(test.Page.Locator("dialog[open]")).ToContainTextAsync("for good?");
        await test.Page.Locator("dialog[open] button.btn-primary").ClickAsync();
        await Expect(test.Page.Locator($"#recycled-2-{deal}")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_task_and_a_person_are_sound_in_every_view()
    {
        await portal.ExecuteAsync("insert into task (id, title, description, responsible_id, creator_id, type_id, item_id, deadline, created_at) select 900000201, 'Call the client', 'He asked for an offer.', p.id, p.id, 2, (select min(id) from item where type_id = 2), now() + interval '2 days', now() from person p where is_admin and not is_demo on conflict do nothing");
        await PageChecks.EveryViewAsync(portal, "/tasks/900000201", "task");
        await PageChecks.EveryViewAsync(portal, $"/people/{await portal.ScalarAsync<long>("select min(id) from person where is_demo")}", "person");
    }

    [Fact]
    public async Task A_waiting_robot_is_sound_in_every_view()
    {
        var deal = await Samples.WaitingDealAsync(portal);
        await PageChecks.EveryViewAsync(portal, $"/deals/{deal}/automation", "waiting");
        foreach (var phone in (bool[])[false, true])
        {
            await using var test = await portal.OpenAsync($"/deals/{deal}/automation", new View(Phone: phone));
            await Screenshots.TakeAsync(test.Page, phone ? "wait-phone" : "wait-desktop", fullPage: true);
        }
    }
}

using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Axe, CSP, script errors and sideways scroll of every page, both themes and both widths.</summary>
[Collection(PortalTests.Name)]
public sealed class PageViewTests(PortalFixture portal)
{
    [Theory]
    [InlineData("/companies", "companies")]
    [InlineData("/contacts?q=a", "contacts")]
    [InlineData("/deals/list", "deals-list")]
    [InlineData("/deals/list?q=nothingmatchesthis", "deals-list-empty")]
    [InlineData("/deals/new", "deal-new")]
    [InlineData("/contacts/new", "contact-new")]
    [InlineData("/tasks?view=All", "tasks")]
    [InlineData("/notifications", "notifications")]
    [InlineData("/search?q=audit", "search")]
    [InlineData("/search", "search-empty")]
    [InlineData("/outbox", "outbox")]
    [InlineData("/attention", "attention")]
    public Task A_page_is_sound_in_every_view(string path, string picture) => PageChecks.EveryViewAsync(portal, path, picture);

    [Theory]
    [InlineData("", "overview")]
    [InlineData("/edit", "edit")]
    [InlineData("/timeline", "timeline")]
    [InlineData("/tasks", "tasks")]
    [InlineData("/automation", "automation")]
    public async Task A_tab_of_the_card_is_sound_in_every_view(string tab, string picture)
    {
        var deal = await portal.ScalarAsync<long>("select max(id) from item where type_id = 2 and stage_id = 'EXECUTING'");
        await PageChecks.EveryViewAsync(portal, $"/deals/{deal}{tab}", $"deal-{picture}");
    }

    [Fact]
    public async Task The_cards_of_clients_are_sound_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, $"/companies/{await portal.ScalarAsync<long>("select min(id) from item where type_id = 4")}", "company");
        await PageChecks.EveryViewAsync(portal, $"/contacts/{await portal.ScalarAsync<long>("select min(id) from item where type_id = 3")}/edit", "contact-edit");
    }
}

using System.Text.RegularExpressions;
using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>From the mouse to the mail server, in the real app: a deal is dragged, its client gets a mail, follows its link, and the timeline tells all of it.</summary>
public sealed class MailWayTests(MailWayTests.MailFixture portal) : IClassFixture<MailWayTests.MailFixture>
{
    [Fact]
    public async Task A_dragged_deal_writes_to_its_client_and_the_link_he_follows_is_counted()
    {
        var deal = await portal.TakeDealAsync();
        await portal.ExecuteAsync("""
            with contact as (update item set data = data || '{"EMAIL":[{"id":1,"type":"WORK","text":"anna@client.example"}]}' where type_id = 3 and id = (select min(id) from item where type_id = 3) returning id)
            update item set contact_id = contact.id from contact where item.type_id = 2 and item.id = $1
            """, deal);
        await portal.ExecuteAsync("""
            insert into config_version (kind, key, number, state, content, author_id, at, comment)
            select 'stage-automation', '2:PREPARATION', coalesce(max(number), 0) + 1, 1,
              '{"undoSeconds":0,"robots":[{"key":"mail","type":"send_email","name":"Write to the client","enabled":true,"settings":{"to":"client","subject":"Your offer: {=Document:TITLE}","text":"Dear client,\n\nsee [the offer](https://example.com/offer).","trackLinks":"Y"}}]}',
              0, now(), '' from config_version where kind = 'stage-automation' and key = '2:PREPARATION'
            """);
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
        await using var test = await portal.OpenAsync($"/deals?q=%23{deal}");

        await Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();
        await test.Page.DragCardAsync(deal, "PREPARATION");

        await Expect(test.Page.CardIn("PREPARATION", deal)).ToBeVisibleAsync();
        await portal.UntilAsync(() => portal.Sink.Mails.Any(m => m.To.Contains("anna@client.example")), TimeSpan.FromSeconds(20), "the mail at the server");
        var mail = portal.Sink.Mails.Single(m => m.To.Contains("anna@client.example"));
        Assert.StartsWith("Your offer: ", mail.Header("Subject"), StringComparison.Ordinal);
        var link = Regex.Match(mail.Parts[1], "href=\"(?<url>[^\"]+/m/l/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["url"].Value;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(portal.App.Address, new Uri(link).AbsolutePath));
        Assert.Equal("https://example.com/offer", answer.Headers.Location?.ToString());
        Assert.Equal(1, await portal.ScalarAsync<int>("select follows from mail_link"));
        await test.GoAsync($"/deals/{deal}/timeline");
        await Expect(test.Page.Locator(".timeline-list")).ToContainTextAsync("wrote a mail to anna@client.example");
        await Screenshots.TakeAsync(test.Page, "deal-mail-timeline", fullPage: true);
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_dragged_deal_sends_its_proposal_and_the_seller_hears_when_the_client_opens_it()
    {
        var deal = await portal.TakeDealAsync();
        await portal.ExecuteAsync("""
            with contact as (update item set data = data || '{"EMAIL":[{"id":1,"type":"WORK","text":"berta@client.example"}]}' where type_id = 3 and id = (select max(id) from item where type_id = 3) returning id)
            update item set contact_id = contact.id from contact where item.type_id = 2 and item.id = $1
            """, deal);
        await using var test = await portal.OpenAsync("/automation/deals/0/shipped");
        await test.Page.Locator("#proposal-stage").SelectOptionAsync("EXECUTING");
        await test.Page.Locator("form:has(#proposal-stage) button").ClickAsync();
        await Expect(test.Page.Locator(".alert, .toast, crm-toast").First).ToBeVisibleAsync();
        await test.GoAsync($"/deals?q=%23{deal}");
        await Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();
        await test.Page.DragCardAsync(deal, "EXECUTING");

        await Expect(test.Page.CardIn("EXECUTING", deal)).ToBeVisibleAsync();
        await portal.UntilAsync(() => portal.Sink.Mails.Any(m => m.To.Contains("berta@client.example")), TimeSpan.FromSeconds(90), "the proposal at the server");
        var mail = portal.Sink.Mails.Single(m => m.To.Contains("berta@client.example"));
        Assert.Contains("application/pdf", mail.Text, StringComparison.Ordinal);
        Assert.Equal(deal, await portal.ScalarAsync<long>("select (data -> 'DEAL_ID')::bigint from item where type_id = 7 order by id desc limit 1"));
        var picture = Regex.Match(string.Concat(mail.Parts), "src=\"(?<url>[^\"]+/m/o/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["url"].Value;
        using var reader = new HttpClient();
        using var answer = await reader.GetAsync(new Uri(portal.App.Address, new Uri(picture).AbsolutePath));
        Assert.Equal("image/gif", answer.Content.Headers.ContentType?.MediaType);

        await Eventually.Async(async () => await portal.ScalarAsync<long>("select count(*) from task where title like 'The client reads the proposal%'") == 1, TimeSpan.FromSeconds(20), "the seller's task");
        await test.GoAsync($"/deals/{deal}/tasks");
        await Expect(test.Page.GetByText("The client reads the proposal").First).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    /// <summary>An app of its own that sends to a sink.</summary>
    public sealed class MailFixture : PortalFixture
    {
        internal SmtpSink Sink { get; } = new();

        internal override Task<AppHost> StartAppAsync() => AppHost.StartAsync([("ConnectionStrings__Crm", Database.ConnectionString), .. Sink.Settings.Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value!))]);

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await Sink.DisposeAsync();
        }
    }
}

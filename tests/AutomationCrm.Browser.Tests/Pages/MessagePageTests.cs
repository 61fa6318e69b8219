using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

[Collection(PortalTests.Name)]
public sealed class MessagePageTests(PortalFixture portal)
{
    [Fact]
    public async Task An_administrator_sets_up_an_sms_provider_and_a_chat_and_their_secrets_stay_hidden()
    {
        await using var test = await portal.OpenAsync("/messages");
        await Expect(test.Page.Locator("#main")).ToContainTextAsync("Crm__Mail__Server");
        await Expect(test.Page.Locator("#main")).ToContainTextAsync("Demo SMS");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "messages", fullPage: true);

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Add: Twilio" }).ClickAsync();
        await test.Page.GetByLabel("Account").FillAsync("AC1");
        await test.Page.Locator("#secret").FillAsync("s3cret-4711");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "messages-sms", fullPage: true);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("Twilio is saved");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Twilio", Exact = true }).ClickAsync();
        Assert.DoesNotContain("s3cret-4711", await test.Page.ContentAsync(), StringComparison.Ordinal);

        await test.GoAsync("/messages/chat/0");
        await test.Page.GetByLabel("Name").FillAsync("Sales");
        await test.Page.Locator("#url").FillAsync("https://hooks.slack.example/services/T0/s3cret-4712");
        await PageChecks.CheckAsync(test);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(test.Page.Locator("#main")).ToContainTextAsync("https://hooks.slack.example/…");
        Assert.DoesNotContain("s3cret-4712", await test.Page.ContentAsync(), StringComparison.Ordinal);
        test.AssertQuiet();
    }

    [Fact]
    public async Task What_is_said_in_a_chat_appears_to_others_at_once_and_tells_who_is_mentioned()
    {
        var deal = await portal.TakeDealAsync();
        await using var other = await portal.OpenAsync($"/deals/{deal}/chat");
        await Expect(other.Page.Locator("#chat-lines")).ToContainTextAsync("Nobody has said anything yet");
        await Expect(other.Page.Locator("crm-live")).ToHaveAttributeAsync("data-state", "connected");
        await PageChecks.CheckAsync(other);
        await using var test = await portal.OpenAsync($"/deals/{deal}/chat");
        var name = await portal.ScalarAsync<string>("select trim(name || ' ' || last_name) from person where is_demo and is_active order by id limit 1");

        await test.Page.GetByLabel("Your message").FillAsync($"<b>Look</b> @{name}");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(test.Page.Locator(".chat-line")).ToContainTextAsync($"<b>Look</b> @{name}");
        await Expect(other.Page.Locator(".chat-line .mention")).ToHaveTextAsync("@" + name);
        Assert.Equal(1L, await portal.ScalarAsync<long>($"select count(*) from notification where item_id = {deal} and text like '%Look%'"));
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "deal-chat", fullPage: true);
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_mail_without_settings_waits_in_the_outbox_and_is_read_there_as_a_mail()
    {
        var key = Guid.CreateVersion7();
        await portal.ExecuteAsync(
            """
            insert into delivery (effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request, state, due_at, attempt, held, created_at)
            select $1, 0, 2, min(id), 0, 0, 'Write to the client', 'mail', false, 'anna@example.com', '{"to":["anna@example.com"],"from":null,"subject":"Your offer","text":"Dear Anna","html":"<p>Dear Anna</p>","files":[]}', 0, now() + interval '1 hour', 0, 'mail.settings', now() from item where type_id = 2
            """,
            key);
        await using var test = await portal.OpenAsync("/outbox?state=Waiting");
        await Expect(test.Page.Locator("#outbox-list .alert-warning")).ToContainTextAsync("Crm__Mail__Server");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "outbox-held", fullPage: true);

        await test.GoAsync($"/outbox/{key}");
        await Expect(test.Page.Locator(".sent-parts")).ToContainTextAsync("Your offer");
        await Expect(test.Page.Locator(".sent-parts")).Not.ToContainTextAsync("<p>");
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_mail_without_an_item_is_put_where_it_belongs()
    {
        var (mail, deal) = (Guid.CreateVersion7(), await portal.TakeDealAsync());
        await portal.ExecuteAsync(
            """
            insert into mail_message (id, direction, state, message_id, token, from_address, from_name, to_addresses, subject, text, to_client, at, reason, attachments)
            values ($1, 0, 3, $1::text, left($1::text, 22), 'anna@example.com', 'Anna', 'shop@example.com', 'A question', 'What does it cost? <script>alert(1)</script>', false, now(), 'match.none', '[]')
            """,
            mail);
        await using var test = await portal.OpenAsync("/mail");
        await PageChecks.CheckAsync(test);
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "A question" }).ClickAsync();
        await Expect(test.Page.Locator("pre.sent")).ToContainTextAsync("<script>alert(1)</script>");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "mail-unmatched", fullPage: true);
        await test.Page.GetByLabel("Number of the item").FillAsync("999999999");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Put it there" }).ClickAsync();
        await Expect(test.Page.Locator(".alert-danger")).ToContainTextAsync("There is no such item");

        await test.Page.GetByLabel("Number of the item").FillAsync(deal.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Put it there" }).ClickAsync();

        await Expect(test.Page.Locator(".timeline-list")).ToContainTextAsync("Anna <anna@example.com>");
    }
}

using System.Net;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The public page to which a QR code leads.</summary>
[Collection(PortalTests.Name)]
public sealed class QrPageTests(PortalFixture portal)
{
    private const string Token = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

    [Fact]
    public async Task A_visitor_confirms_once_and_a_look_confirms_nothing()
    {
        await portal.ExecuteAsync($"""
            insert into qr_page (id, token, type_id, item_id, title, description, button, made_at, open_until)
            select 720000001, '{Token}', 2, min(id), 'Delivered <b>', 'Please confirm the delivery.', 'Received', now(), now() + interval '1 day' from item where type_id = 2
            """);
        await using var test = await portal.OpenAsync($"/q/{Token}");
        await Expect(test.Page.GetByRole(AriaRole.Heading, new() { Name = "Delivered <b>" })).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);
        Assert.Equal(0L, await portal.ScalarAsync<long>("select count(*) from qr_page where id = 720000001 and confirmed_at is not null"));

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Received" }).ClickAsync();

        await Expect(test.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Confirmed on");
        await Expect(test.Page.GetByRole(AriaRole.Button, new() { Name = "Received" })).ToHaveCountAsync(0);
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "qr-confirmed", fullPage: true);
        Assert.Equal(1L, await portal.ScalarAsync<long>("select count(*) from timeline_note where kind = 'qr_confirmed'"));
        test.AssertQuiet();
    }

    [Theory]
    [InlineData("/q/unknown")]
    [InlineData("/q")]
    public async Task An_unknown_page_is_not_there_and_a_post_without_antiforgery_is_refused(string path)
    {
        await using var test = await portal.OpenAsync("/");
        var address = new Uri(new Uri(test.Page.Url), path);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var got = await client.GetAsync(address);
        using var posted = await client.PostAsync(address, new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.NotFound, got.StatusCode);
        Assert.Contains("no-store", got.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
    }
}

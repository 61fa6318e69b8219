using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Web.Tests.SignIn.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Web.Tests.Mail;

/// <summary>What readers of mails come back to, without a session.</summary>
public sealed class MailEndpointTests
{
    private const string Token = "AbCdEfGhIjKlMnOpQrSt_1";

    [Fact]
    public async Task The_picture_is_the_same_for_every_token_and_an_opened_mail_is_counted()
    {
        await using var host = await StartAsync();
        using var reader = host.Open();

        var known = await reader.GetAsync($"/m/o/{Token}.gif");
        var unknown = await reader.GetAsync($"/m/o/{new string('x', 22)}.gif");

        Assert.Equal((200, 200), (known.Status, unknown.Status));
        Assert.Equal(known.Body, unknown.Body);
        Assert.Equal(1, await host.ReadAsync(db => db.Mails.SumAsync(m => m.Opens)));
        Assert.Empty(known.SetCookies);
    }

    [Fact]
    public async Task A_link_leads_to_the_stored_address_whatever_the_request_says()
    {
        await using var host = await StartAsync();
        using var reader = host.Open();
        reader.Headers["Host"] = "evil.example";

        Assert.Equal((302, "https://example.com/offer?a=1"), await GoAsync($"/m/l/{Token}/1?url=https://evil.example"));
        foreach (var path in (string[])[$"/m/l/{Token}/2", $"/m/l/{Token}/0", $"/m/l/{Token}/1/https://evil.example", $"/m/l/{new string('x', 22)}/1", $"/m/l/{Token}1/1", $"/m/l/{Token[..21]}%0a/1", "/m/l//1"])
        {
            var (status, location) = await GoAsync(path);
            // At most to our own sign-in page.
            Assert.True(status == 404 || (status == 302 && location!.StartsWith("/sign-in", StringComparison.Ordinal)), $"{path}: {status} {location}");
        }

        async Task<(int, string?)> GoAsync(string path)
        {
            var answer = await reader.GetAsync(path);
            return (answer.Status, answer.Location);
        }
    }

    [Fact]
    public async Task Looking_at_the_page_stops_no_mail_and_one_click_does()
    {
        await using var host = await StartAsync();
        using var reader = host.Open();
        var page = await reader.GetAsync($"/m/u/{Token}");
        Assert.Equal(200, page.Status);
        Assert.Contains("anna@example.com", page.Body, StringComparison.Ordinal);
        Assert.Equal(0, await host.ReadAsync(db => db.MailOptouts.CountAsync()));

        var answer = await reader.PostBareAsync($"/m/u/{Token}", ("List-Unsubscribe", "One-Click"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("anna@example.com", await host.ReadAsync(db => db.MailOptouts.Select(o => o.Address).SingleAsync()));
        Assert.Equal(404, (await reader.GetAsync($"/m/u/{new string('x', 22)}")).Status);
    }

    [Theory]
    [InlineData("/messages")]
    [InlineData("/messages/sms/0")]
    [InlineData("/mail")]
    [InlineData("/mail/0199f5c2-0000-7000-8000-000000000000")]
    public async Task Everything_else_asks_who_comes(string path)
    {
        await using var host = await StartAsync();
        using var reader = host.Open();

        Assert.NotEqual(200, (await reader.GetAsync(path)).Status);
    }

    private static async Task<SignInHost> StartAsync()
    {
        var host = await SignInHost.StartAsync();
        await using var command = host.Database.DataSource.CreateCommand($"""
            with m as (
              insert into mail_message (id, direction, state, message_id, token, from_address, to_addresses, subject, text, to_client, at)
              values (gen_random_uuid(), {MailMessage.Out}, 1, 'crm.1@example.com', '{Token}', '', 'anna@example.com', 'Hello', 'Hello', true, now()) returning id)
            insert into mail_link (mail_id, number, url) select id, 1, 'https://example.com/offer?a=1' from m
            """);
        await command.ExecuteNonQueryAsync();
        return host;
    }
}

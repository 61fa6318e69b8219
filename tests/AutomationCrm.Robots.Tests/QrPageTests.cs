using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.QrPages;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Robots.Tests;

/// <summary>Reference bitrix-automation 1.6, 2.2 QR: the code leads to a page that a visitor confirms; triggers and waiting robots are told.</summary>
public sealed class QrPageTests
{
    private static readonly object Page = new { what = "page", title = "Delivered", description = "Please confirm the delivery of {=Document:TITLE}.", button = "Received" };

    [Fact]
    public async Task A_confirmed_page_moves_the_item_once_and_tells_robots_which_page_it_was()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "WON", new StageAutomationConfig { Triggers = [Trigger("qr_confirmed", new { title = "delivered" })], Robots = [Robot("add_comment", new { text = "Confirmed: {=Template:Title}" })] });
        var run = await app.RunAsync("create_qr", Page);
        var page = await app.ReadAsync(db => db.QrPages.AsNoTracking().SingleAsync());

        Assert.Equal(RobotRunState.Done, run.State);
        Assert.EndsWith($"/q/{page.Token}", JsonDocument.Parse(run.Results!).RootElement.GetProperty("PageUrl").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Delivered", "Please confirm the delivery of Chairs.", "Received"), (page.Title, page.Description, page.Button));
        Assert.Null((await app.SendAsync(new OpenQrPage(page.Token))).ConfirmedAt);

        Assert.True(await app.SendAsync(new ConfirmQrPage(page.Token)));
        Assert.False(await app.SendAsync(new ConfirmQrPage(page.Token)));
        await app.DrainAsync();

        Assert.Equal("WON", (await app.DealAsync()).StageId);
        Assert.Equal(["Confirmed: Delivered"], await app.ReadAsync(db => db.Comments.Select(c => c.Text).ToListAsync()));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timeline_note where kind = 'qr_confirmed'"));
    }

    [Fact]
    public async Task Of_many_visitors_at_the_same_moment_one_confirms()
    {
        await using var app = await AppFixture.StartAsync();
        await app.RunAsync("create_qr", Page);
        var token = (await app.ScalarAsync<string>("select token from qr_page"))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.SendAsync(new ConfirmQrPage(token))));

        Assert.Single(answers, confirmed => confirmed);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timeline_note where kind = 'qr_confirmed'"));
    }

    [Fact]
    public async Task A_robot_waits_until_the_page_of_its_run_is_confirmed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage,
            Robot("create_qr", Page, "qr"),
            Robot("wait_for", new { what = "qr_confirmed" }, "wait") with { AfterPrevious = true },
            Robot("add_comment", new { text = "went on" }) with { AfterPrevious = true });
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), RobotHarness.Stage));
        await app.DrainAsync();
        Assert.Equal("wait.qr", (await app.ReadAsync(db => db.RobotRuns.AsNoTracking().SingleAsync(r => r.RobotKey == "wait"))).Code);

        await app.SendAsync(new ConfirmQrPage((await app.ScalarAsync<string>("select token from qr_page"))!));
        await app.DrainAsync();

        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from comment where text = 'went on'"));
    }

    [Fact]
    public async Task A_wait_without_a_page_is_passed_over_and_a_robot_without_text_says_so()
    {
        await using var app = await AppFixture.StartAsync();

        Assert.Equal("wait.no_qr", (await app.RunAsync("wait_for", new { what = "qr_confirmed" })).Code);
        Assert.Equal(RobotRunState.Incident, (await app.RunAsync("create_qr", new { what = "text" })).State);
        Assert.Equal(RobotRunState.Incident, (await app.RunAsync("create_qr", new { what = "page", title = "x", days = 0 })).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("expired")]
    public async Task Unknown_and_expired_pages_look_alike(string token)
    {
        await using var app = await AppFixture.StartAsync();
        await app.RunAsync("create_qr", Page);
        await app.ExecuteAsync("update qr_page set open_until = now() - interval '1 second'");
        if (token == "expired") token = (await app.ScalarAsync<string>("select token from qr_page"))!;

        Assert.Equal("Page", (await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new OpenQrPage(token)))).What);
        Assert.Equal("Page", (await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new ConfirmQrPage(token)))).What);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from qr_page where confirmed_at is not null"));
    }

    [Fact]
    public async Task A_viewed_document_tells_later_robots_its_number_and_a_robots_document_is_known_to_the_next()
    {
        await using var app = await AppFixture.StartAsync(services => services.AddSingleton<IPdfConverter, Converter>());
        await app.SendAsync(new SaveTemplateFile(null, "page.html", "<p>{=Paper:Number}</p>"u8.ToArray(), new("Page", [ItemTypeIds.Deal]) { Prefix = "P-" }) { Code = "page" });
        await app.PublishAsync(ItemTypeIds.Deal, "WON", new StageAutomationConfig { Triggers = [Trigger("document_viewed", new { })], Robots = [Robot("add_comment", new { text = "Viewed {=Template:Number} ({=Template:DocumentId})" })] });
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage,
            Robot("create_document", new { template = "page", link = "Y" }, "doc"),
            Robot("add_comment", new { text = "Made {=doc:Number}: {=doc:Url}" }) with { AfterPrevious = true });
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), RobotHarness.Stage));
        await app.DrainAsync();
        var document = await app.ReadAsync(db => db.Documents.AsNoTracking().SingleAsync());

        await app.SendAsync(new OpenPublicDocument(document.PublicToken!, Counts: true));
        await app.DrainAsync();

        var comments = await app.ReadAsync(db => db.Comments.OrderBy(c => c.Id).Select(c => c.Text).ToListAsync());
        Assert.StartsWith($"Made {document.Number}: http", comments[0], StringComparison.Ordinal);
        Assert.EndsWith(document.PublicToken!, comments[0], StringComparison.Ordinal);
        Assert.Equal($"Viewed {document.Number} ({document.Id})", comments[1]);
    }

    private static TriggerConfig Trigger(string type, object settings) => new() { Key = "t", Type = type, Name = type, Settings = JsonSerializer.SerializeToElement(settings) };

    private sealed class Converter : IPdfConverter
    {
        public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct) => Task.FromResult("%PDF-1.4"u8.ToArray());
    }
}

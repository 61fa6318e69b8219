using System.Text.RegularExpressions;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Shipped;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

/// <summary>The third pain: a customer waits for a proposal nobody sent.</summary>
public sealed class ProposalTests
{
    [Fact]
    public async Task A_deal_on_the_stage_sends_its_proposal_and_nobody_opening_it_gives_the_seller_a_task()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);
        var deal = await MoveDealAsync(app);

        Assert.Empty(await app.ReadAsync(db => db.Incidents.Select(i => i.Message).ToListAsync()));
        var mail = Assert.Single(sink.Mails);
        Assert.Equal(["anna@work.example"], mail.To);
        Assert.Equal("Chairs", mail.Header("Subject"));
        Assert.Contains("application/pdf", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from document"));
        var quote = (await app.FindItemAsync(new(ItemTypeIds.Quote, await app.ScalarAsync<long>("select id from item where type_id = 7"))))!;
        Assert.Equal((new ItemValue(ItemTypeIds.Deal, deal), 1200m), (quote["DEAL_ID"], quote.Number(FieldCodes.Amount)));
        Assert.Empty(await app.ReadAsync(db => db.Tasks.ToListAsync()));

        await app.TravelAsync(TimeSpan.FromDays(3));
        await app.DrainAsync();
        Assert.Equal(["Nobody has opened the proposal, ask: Chairs"], await TasksAsync(app));

        // Too late to begin another follow-up.
        await OpenAsync(app, mail);
        Assert.Single(await TasksAsync(app));
    }

    [Fact]
    public async Task A_proposal_that_is_opened_tells_the_seller_at_once_and_asks_nothing_later()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);
        await MoveDealAsync(app);

        await OpenAsync(app, Assert.Single(sink.Mails));
        await OpenAsync(app, sink.Mails[0]);
        Assert.Equal(["The client reads the proposal: Chairs"], await TasksAsync(app));

        await app.TravelAsync(TimeSpan.FromDays(9));
        await app.DrainAsync();
        Assert.Single(await TasksAsync(app));
        Assert.Equal(RunState.Done, (await app.ReadAsync(db => db.Runs.SingleAsync(r => r.TypeId == ItemTypeIds.Deal))).State);
    }

    [Fact]
    public async Task Another_mail_of_the_deal_that_is_opened_is_not_the_proposal()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", TestPortal.Robot("send_email", new { to = "client", subject = "Hello", text = "Hello", trackOpens = true }));
        await MoveDealAsync(app);
        Assert.Equal(2, sink.Mails.Count);

        await OpenAsync(app, sink.Mails.Single(m => m.Header("Subject") == "Hello"));

        Assert.Empty(await TasksAsync(app));
    }

    private static async Task<AppFixture> StartAsync(SmtpSink sink)
    {
        var app = await AppFixture.StartAsync(services => services.AddSingleton<IPdfConverter>(new Converter()), sink.Settings);
        await app.SendAsync(new SaveTemplateFile(null, "page.html", "<p>{=Paper:Number} {=Document:TITLE}</p>"u8.ToArray(), new("Page", [ItemTypeIds.Deal]) { Prefix = "P-" }) { Code = "page" });
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "proposal", new() { StageId = RobotHarness.Stage, Template = "page" }, ShippedTexts.English));
        return app;
    }

    private static async Task<long> MoveDealAsync(AppFixture app)
    {
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = MailHarness.Points(("WORK", "anna@work.example")) }));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Chairs"), [FieldCodes.Amount] = Value.Of(1200m), [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact) }));
        await app.DrainAsync();
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), RobotHarness.Stage));
        await app.DrainAsync();
        return deal;
    }

    // As the reader's program does: the picture whose address stands in the mail.
    private static async Task OpenAsync(AppFixture app, SinkMail mail)
    {
        var token = Regex.Match(string.Concat(mail.Parts), "/m/o/(?<token>[^.\"]+)\\.gif", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        await app.AsSystemAsync(new RecordMailOpened(token));
        await app.DrainAsync();
    }

    private static Task<List<string>> TasksAsync(AppFixture app) => app.ReadAsync(db => db.Tasks.OrderBy(t => t.Id).Select(t => t.Title).ToListAsync());

    private sealed class Converter : IPdfConverter
    {
        public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct) => Task.FromResult("%PDF-1.4"u8.ToArray());
    }
}

using AutomationCrm.Application.Automation.Shipped;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
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
    public async Task A_deal_on_the_stage_sends_its_proposal_and_the_seller_gets_a_task()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(services => services.AddSingleton<IPdfConverter>(new Converter()), sink.Settings);
        await app.SendAsync(new SaveTemplateFile(null, "page.html", "<p>{=Paper:Number} {=Document:TITLE}</p>"u8.ToArray(), new("Page", [ItemTypeIds.Deal]) { Prefix = "P-" }) { Code = "page" });
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "proposal", new() { StageId = RobotHarness.Stage, Template = "page" }, ShippedTexts.English));
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = MailHarness.Points(("WORK", "anna@work.example")) }));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Chairs"), [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact) }));

        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), RobotHarness.Stage));
        await app.DrainAsync();

        Assert.Empty(await app.ReadAsync(db => db.Incidents.Select(i => i.Message).ToListAsync()));
        var mail = Assert.Single(sink.Mails);
        Assert.Equal(["anna@work.example"], mail.To);
        Assert.Equal("Chairs", mail.Header("Subject"));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from document"));
        Assert.Empty(await app.ReadAsync(db => db.Tasks.ToListAsync()));

        await app.TravelAsync(TimeSpan.FromDays(3));
        await app.DrainAsync();
        Assert.Equal("Follow up on the proposal: Chairs", (await app.ReadAsync(db => db.Tasks.SingleAsync())).Title);
    }

    private sealed class Converter : IPdfConverter
    {
        public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct) => Task.FromResult("%PDF-1.4"u8.ToArray());
    }
}

using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class DocumentTests
{
    [Fact]
    public async Task A_document_has_a_number_its_files_a_line_on_the_timeline_and_tells_who_waits()
    {
        var heard = new Listener();
        await using var app = await Paperwork.StartAsync();
        await using var more = await AppFixture.StartAsync(services => services.AddSingleton<IPdfConverter>(new TestConverter()).AddScoped<IHappeningReaction>(_ => heard));
        await more.SendAsync(new SaveTemplateFile(null, "word.docx", Docx.Of("{=Paper:Number} {=Document:TITLE}"), Paperwork.Settings("Word")) { Code = Paperwork.Word });
        var deal = await more.AddDealAsync();

        var made = await more.SendAsync(new CreateDocument(Paperwork.Order(deal, pdf: true)));

        Assert.Null(made.Problem);
        Assert.Equal($"W-{made.Document.MadeAt.Year}-0001", made.Document.Number);
        Assert.Equal($"{made.Document.Number} Chairs\n", Docx.Read((await more.SendAsync(new GetFile(made.Document.SourceFileId!.Value))).Content));
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString((await more.SendAsync(new GetFile(made.Document.PdfFileId!.Value))).Content), StringComparison.Ordinal);
        var papers = await more.SendAsync(new GetItemPapers(deal));
        Assert.Equal([$"{made.Document.Number} Word.docx", $"{made.Document.Number} Word.pdf"], papers.Files.Select(f => f.Name).Order());
        Assert.Equal(made.Document.Id, Assert.Single(papers.Documents).Document.Id);
        Assert.Equal([("document", made.Document.Number)], await more.ReadAsync(async db => (await db.TimelineNotes.ToListAsync()).Select(n => (n.Kind, n.Subject)).ToList()));
        Assert.Equal([HappeningCodes.DocumentCreated], heard.Codes);
    }

    [Fact]
    public async Task Numbers_are_given_once_and_without_gaps_also_when_many_documents_are_made_at_the_same_time()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var deals = new List<ItemRef>();
        for (var i = 0; i < 6; i++) deals.Add(await app.AddDealAsync());

        // Every third order fails after it has taken its number.
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            var order = Paperwork.Order(deals[i % deals.Count]) with { Title = i % 3 == 2 ? "\u0000" : "" };
            try
            {
                await app.SendAsync(order with { Title = "", Values = i % 3 == 2 ? new Dictionary<string, Expressions.Values.Value> { ["Document:TITLE"] = Expressions.Values.Value.Of(new string('x', 4_100_000)) } : order.Values });
            }
            catch (RuleBrokenException refusal) when (refusal.Code == "document.too_long")
            {
                Assert.Equal(2, i % 3);
            }
        }));

        var counters = await app.ReadAsync(db => db.Documents.OrderBy(d => d.Counter).Select(d => d.Counter).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 16).Select(i => (long)i), counters);
    }

    [Fact]
    public async Task The_same_order_twice_is_one_document_also_at_the_same_moment()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var order = Paperwork.Order(await app.AddDealAsync()) with { EffectKey = Guid.CreateVersion7() };

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.SendAsync(order)));

        Assert.Single(ids.Distinct());
        Assert.Equal(1, await app.ScalarAsync<long>("select last from number_series"));
    }

    [Fact]
    public async Task Templates_with_the_same_prefix_share_their_numbers_and_counting_begins_anew_each_year()
    {
        var template = new DocumentTemplate { Prefix = "A-", Digits = 3 };

        Assert.Equal("A-2026-007", DocumentNumber.Write(template, new(2026, 12, 31), 7));
        Assert.NotEqual(DocumentNumber.SeriesOf(template, new(2026, 12, 31)), DocumentNumber.SeriesOf(template, new(2027, 1, 1)));
        template.Yearly = false;
        Assert.Equal("A-1234", DocumentNumber.Write(template, new(2027, 1, 1), 1234));
        Assert.Equal(DocumentNumber.SeriesOf(template, new(2026, 12, 31)), DocumentNumber.SeriesOf(new() { Prefix = "A-", Yearly = false }, new(2027, 1, 1)));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Without_a_converter_the_document_stays_and_says_what_is_missing_until_its_pdf_is_made()
    {
        var converter = new TestConverter { Failure = new(PdfException.NoConverter, "Install one.", retryable: false) };
        await using var app = await Paperwork.WithTemplatesAsync(converter);
        var deal = await app.AddDealAsync();

        var made = await app.SendAsync(new CreateDocument(Paperwork.Order(deal, Paperwork.Html)));

        Assert.Equal("Install one.", made.Problem!.Message);
        Assert.Null(made.Document.FinishedAt);
        Assert.Null(made.FileId);
        Assert.Empty((await app.SendAsync(new GetItemPapers(deal))).Files);
        converter.Failure = null;
        var again = await app.SendAsync(new CreateDocumentPdf(made.Document.Id));
        Assert.Equal((made.Document.Number, made.Document.Id), (again.Document.Number, again.Document.Id));
        Assert.NotNull(again.Document.PdfFileId);
        Assert.Equal(2, converter.Calls);
        await app.SendAsync(new CreateDocumentPdf(made.Document.Id));
        Assert.Equal(2, converter.Calls);
    }

    [Fact]
    public async Task A_deleted_document_keeps_its_number_and_loses_its_files_and_its_link()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var deal = await app.AddDealAsync();
        var id = await app.SendAsync(Paperwork.Order(deal) with { Link = true });
        var file = (await app.DocumentAsync(id)).SourceFileId!.Value;

        await app.SendAsync(new DeleteDocument(id));

        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetFile(file)));
        Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from file where id = '{file}'"));
        Assert.Empty((await app.SendAsync(new GetItemPapers(deal))).Documents);
        Assert.Null((await app.DocumentAsync(id)).PublicToken);
        Assert.Equal(2, (await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal)))).Counter);
    }

    [Theory]
    [InlineData("nope", "template.unknown")]
    [InlineData(Paperwork.Html, "template.format")]
    public async Task An_order_that_cannot_be_done_changes_nothing(string template, string code)
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var deal = await app.AddDealAsync();

        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new MakeDocument(deal, template) { WithDocx = true }));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from document"));
        Assert.Equal(0, await app.ScalarAsync<long>("select coalesce(max(last), 0) from number_series"));
    }

    [Fact]
    public async Task A_template_for_other_items_or_out_of_use_makes_no_document()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var deal = await app.AddDealAsync();
        var id = await app.ReadAsync(db => db.DocumentTemplates.Where(t => t.Code == Paperwork.Word).Select(t => t.Id).SingleAsync());

        await app.SendAsync(new UpdateTemplate(id, Paperwork.Settings("Word") with { TypeIds = [ItemTypeIds.Company] }));
        Assert.Equal("template.type", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(Paperwork.Order(deal)))).Code);
        await app.SendAsync(new UpdateTemplate(id, Paperwork.Settings("Word") with { IsActive = false }));
        Assert.Equal("template.off", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(Paperwork.Order(deal)))).Code);
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(Paperwork.Order(deal) with { WithDocx = false, WithPdf = false }));
    }

    [Fact]
    public async Task A_document_shows_nobody_what_he_may_not_read()
    {
        await using var app = await Paperwork.WithTemplatesAsync(word: "[{=Document:COMPANY.TITLE}]");
        var mia = await app.AddPersonAsync("Mia");
        var company = await app.SendAsync(new Application.Crm.Items.AddItem(ItemTypeIds.Company, new Dictionary<string, Expressions.Values.Value> { ["TITLE"] = Expressions.Values.Value.Of("Secret Ltd"), ["OPENED"] = Expressions.Values.Value.False }));
        var deal = ItemRef.Deal(await app.SendAsync(new Application.Crm.Items.AddItem(ItemTypeIds.Deal, new Dictionary<string, Expressions.Values.Value> { ["TITLE"] = Expressions.Values.Value.Of("Chairs"), ["COMPANY_ID"] = new Expressions.Values.ItemValue(ItemTypeIds.Company, company) })));

        var hers = await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal), person: mia));
        var admins = await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal)));

        Assert.Equal("[]\n", Docx.Read((await app.SendAsync(new GetFile(hers.SourceFileId!.Value))).Content));
        Assert.Equal("[Secret Ltd]\n", Docx.Read((await app.SendAsync(new GetFile(admins.SourceFileId!.Value))).Content));
    }

    private sealed class Listener : IHappeningReaction
    {
        public List<string> Codes { get; } = [];

        public bool Interested(string code) => true;

        public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
        {
            Codes.Add(happened.Code);
            return default;
        }
    }
}

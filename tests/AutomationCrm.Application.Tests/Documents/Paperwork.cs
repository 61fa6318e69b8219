using System.Text;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>A portal with a Word and an HTML template, and a converter that works or fails as the test says.</summary>
internal static class Paperwork
{
    public const string Word = "word";
    public const string Html = "html";

    public static Task<AppFixture> StartAsync(TestConverter? converter = null) =>
        AppFixture.StartAsync(services => services.AddSingleton<IPdfConverter>(converter ?? new TestConverter()));

    public static async Task<AppFixture> WithTemplatesAsync(TestConverter? converter = null, string word = "{=Paper:Number} {=Document:TITLE}")
    {
        var app = await StartAsync(converter);
        await app.SendAsync(new SaveTemplateFile(null, "word.docx", Docx.Of(word), Settings("Word")) { Code = Word });
        await app.SendAsync(new SaveTemplateFile(null, "page.html", Encoding.UTF8.GetBytes("<p>{=Paper:Number} {=Document:TITLE}</p>"), Settings("Page") with { Prefix = "H-" }) { Code = Html });
        return app;
    }

    public static TemplateSettings Settings(string name) => new(name, [ItemTypeIds.Deal]) { Prefix = "W-" };

    public static async Task<ItemRef> AddDealAsync(this AppFixture app, string title = "Chairs") =>
        ItemRef.Deal(await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of(title), [FieldCodes.Amount] = Value.Of(100m) })));

    public static MakeDocument Order(ItemRef item, string template = Word, bool pdf = false) => new(item, template) { WithDocx = template == Word, WithPdf = pdf || template == Html };

    public static Task<Document> DocumentAsync(this AppFixture app, long id) => app.ReadAsync(db => db.Documents.AsNoTracking().SingleAsync(d => d.Id == id));

    public static Task<long> AddPersonAsync(this AppFixture app, string name) => app.ReadAsync(async db =>
    {
        var person = new Person { Name = name, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.People.Add(person);
        await db.SaveConfigurationAsync(CancellationToken.None);
        return person.Id;
    });
}

/// <summary>Stands for the outside program: a PDF at once, or the failure a test wants.</summary>
internal sealed class TestConverter : IPdfConverter
{
    public PdfException? Failure { get; set; }

    public int Calls { get; private set; }

    public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct)
    {
        Calls++;
        return Failure is { } failure ? throw failure : Task.FromResult(Encoding.ASCII.GetBytes("%PDF-1.4 of " + kind));
    }
}

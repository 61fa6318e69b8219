using System.Text;
using System.Text.RegularExpressions;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>Pictures in rows that stand once per product: each shows its own row's, in a document and in a test of the template.</summary>
public sealed partial class RowPictureTests
{
    private const string Page = "<div><table><tbody><tr><td>{=Products:NAME}</td><td>{=QrCode:Products:NAME@20}</td></tr></tbody></table><ul><li>{=QrCode:Products:INDEX}</li></ul><p>{=QrCode:Products:NAME@40}</p></div>";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_word_table_shows_the_code_of_each_row(bool trial)
    {
        await using var app = await StartAsync("Chair", "Table", "Chair");
        var deal = await app.AddDealAsync();
        var template = await SaveAsync(app, "rows.docx", Docx.Of([Docx.Table(["{=Products:NAME}", "{=QrCode:Pro|ducts:NAME@20}"]), Docx.Table(["{=QrCode:Products:INDEX}{=QrCode:Document:TITLE}"]), Docx.Paragraph("")]));

        var content = trial ? (await app.SendAsync(new TryTemplate(template, deal, Pdf: false))).Content : await MadeAsync(app, deal);

        using var word = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        var main = word.MainDocumentPart!;
        Assert.Equal(Codes(app, "Chair", "Table", "Chair", "1", "Chairs", "2", "Chairs", "3", "Chairs"), main.Document.Descendants<Blip>().Select(b => Base64((ImagePart)main.GetPartById(b.Embed!.Value!))));
        // Each picture is in the file once, however often it is drawn.
        Assert.Equal(6, main.ImageParts.Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_HTML_row_or_list_item_shows_its_own_code_and_a_paragraph_that_of_all(bool trial)
    {
        var converter = new KeepingConverter();
        await using var app = await StartAsync(converter, "Chair", "Table");
        var deal = await app.AddDealAsync();
        var template = await SaveAsync(app, "rows.html", Encoding.UTF8.GetBytes(Page));

        if (trial) await app.SendAsync(new TryTemplate(template, deal, Pdf: true));
        var content = trial ? converter.Source : await MadeAsync(app, deal);

        Assert.Equal(Codes(app, "Chair", "Table", "1", "2", "Chair, Table"), Drawn().Matches(Encoding.UTF8.GetString(content)).Select(m => m.Groups["code"].Value));
    }

    [Fact]
    public async Task A_picture_that_several_rows_show_is_in_an_HTML_paper_once()
    {
        await using var app = await StartAsync("Chair", "Table", "Chair", "Chair");
        await SaveAsync(app, "rows.html", Encoding.UTF8.GetBytes("<ul><li>{=QrCode:Products:NAME}</li></ul>"));

        var html = Encoding.UTF8.GetString(await MadeAsync(app, await app.AddDealAsync()));

        var (chair, table) = (Codes(app, "Chair").Single(), Codes(app, "Table").Single());
        Assert.Equal([chair, table], Held().Matches(html).Select(m => m.Groups["code"].Value));
        var id = Shared().Match(html).Groups["id"].Value;
        Assert.Equal([id, id], Shown().Matches(html).Select(m => m.Groups["id"].Value));
        Assert.Matches("^<li><svg.*</svg></li><li><img[^>]*></li><li><svg.*</svg></li><li><svg.*</svg></li>$", html[html.IndexOf("<li>", StringComparison.Ordinal)..html.IndexOf("</ul>", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Without_products_there_is_no_code_and_an_empty_name_shows_none()
    {
        await using var none = await StartAsync();
        await SaveAsync(none, "rows.html", Encoding.UTF8.GetBytes(Page));
        await using var blank = await StartAsync("", "Table");
        await SaveAsync(blank, "rows.html", Encoding.UTF8.GetBytes("<ul><li>{=QrCode:Products:NAME}</li></ul>"));

        Assert.Empty(Drawn().Matches(Encoding.UTF8.GetString(await MadeAsync(none, await none.AddDealAsync()))));
        Assert.Equal(Codes(blank, "Table"), Drawn().Matches(Encoding.UTF8.GetString(await MadeAsync(blank, await blank.AddDealAsync()))).Select(m => m.Groups["code"].Value));
    }

    [Fact]
    public async Task All_products_together_that_make_no_code_are_refused_only_where_they_are_to_be_shown()
    {
        await using var app = await StartAsync([.. Enumerable.Range(0, 60).Select(i => $"A chair with a rather long name, number {i}")]);
        var deal = await app.AddDealAsync();
        var template = await SaveAsync(app, "rows.html", Encoding.UTF8.GetBytes("<ul><li>{=QrCode:Products:NAME}</li></ul>"));
        Assert.Equal(60, Drawn().Count(Encoding.UTF8.GetString(await MadeAsync(app, deal))));

        await app.SendAsync(new SaveTemplateFile(template, "rows.html", Encoding.UTF8.GetBytes(Page), Paperwork.Settings("Rows")) { Code = "rows" });
        Assert.Equal("picture.row", (await Assert.ThrowsAsync<RuleBrokenException>(() => MadeAsync(app, deal))).Code);
    }

    private static Task<AppFixture> StartAsync(params string[] products) => StartAsync(new TestConverter(), products);

    private static Task<AppFixture> StartAsync(IPdfConverter converter, params string[] products) =>
        AppFixture.StartAsync(services => services.AddSingleton(converter).AddSingleton<IProductRows>(new Rows(products)));

    private static Task<long> SaveAsync(AppFixture app, string name, byte[] content) => app.SendAsync(new SaveTemplateFile(null, name, content, Paperwork.Settings("Rows")) { Code = "rows" });

    private static async Task<byte[]> MadeAsync(AppFixture app, ItemRef deal)
    {
        var made = (await app.SendAsync(new CreateDocument(Paperwork.Order(deal, "rows") with { WithDocx = false, WithPdf = true }))).Document;
        var file = (await app.DocumentAsync(made.Id)).SourceFileId!.Value;
        return (await app.Services.GetRequiredService<IFileStore>().ReadAsync(file, CancellationToken.None))!;
    }

    private static IEnumerable<string> Codes(AppFixture app, params string[] texts) =>
        texts.Select(t => Convert.ToBase64String(PictureGate.Read(app.Services.GetRequiredService<IQrCodes>().Png(t), t).Content));

    private static string Base64(ImagePart part)
    {
        using var content = new MemoryStream();
        using var stream = part.GetStream();
        stream.CopyTo(content);
        return Convert.ToBase64String(content.ToArray());
    }

    [GeneratedRegex("src=\"data:image/png;base64,(?<code>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Drawn();

    [GeneratedRegex("(?:src|href)=\"data:image/png;base64,(?<code>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Held();

    [GeneratedRegex("<image id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shared();

    [GeneratedRegex("<use href=\"#(?<id>[^\"]+)\"></use>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();

    private sealed class Rows(string[] names) : IProductRows
    {
        public ValueTask<IReadOnlyList<ProductRow>> ReadAsync(Item item, PortalSnapshot portal, CancellationToken ct) => new([.. names.Select(n => new ProductRow(n, 1, 5, 5, "EUR"))]);
    }

    private sealed class KeepingConverter : IPdfConverter
    {
        public byte[] Source { get; private set; } = [];

        public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct)
        {
            Source = source;
            return Task.FromResult("%PDF-1.4"u8.ToArray());
        }
    }
}

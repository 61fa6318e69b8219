using System.Text;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Html;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Infrastructure.Documents.Pdf;
using AutomationCrm.Infrastructure.Documents.Shipped;
using AutomationCrm.Testing;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>The outside programs that make PDF.</summary>
public sealed class PdfTests
{
    private static readonly DocumentOptions Real = new() { NodeModules = RepositoryRoot.File("src", "AutomationCrm.Web", "Client", "node_modules") };

    [Fact]
    public async Task Chromium_prints_the_shipped_proposal()
    {
        using var converter = Converter(Real);
        var template = new ShippedTemplates().All[0].Content;
        var filled = new HtmlTemplate().Fill(template, Papers.WithProducts(new ProductRow("Chair", 2, 50, 100, "EUR"), new ProductRow("Table", 1, 12_000, 12_000, "EUR")));

        var pdf = await converter.ConvertAsync(DocumentTemplate.Html, filled, CancellationToken.None);

        if (Environment.GetEnvironmentVariable("CRM_KEEP_PDF") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "proposal.pdf"), pdf);
        var read = PdfText.Of(pdf);
        Assert.Equal(1, read.Pages);
        foreach (var text in (string[])["Proposal P-2026-0001", "Wire & Sons", "Olga Berg", "Chairs & <Tables>", "Chair", "12,100.00 EUR"])
            Assert.Contains(text, read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_picture_of_a_paper_stands_in_the_PDF(bool twice)
    {
        using var converter = Converter(Real);
        var picture = PlacedPicture.Of(PictureGate.Read(new Infrastructure.Documents.QrCodes().Png("https://example.com/pay"), "code"), PicturePlaceholder.Parse("{=QrCode:Value:Pay@40}")!);
        var pictures = new HtmlPictures();
        var (first, again) = (pictures.Draw(picture), twice ? pictures.Draw(picture) : null);
        pictures.Finish();
        var page = Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><body><p>Pay here</p>{first}{again}</body></html>");

        var pdf = await converter.ConvertAsync(DocumentTemplate.Html, page, CancellationToken.None);

        Assert.Contains("/Subtype /Image", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.Contains("Pay here", PdfText.Of(pdf).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_would_load_or_run_something_is_printed_without_it()
    {
        using var converter = Converter(Real);
        await using var sink = await HttpSink.StartAsync();
        var page = Encoding.UTF8.GetBytes($"<!DOCTYPE html><p>still here</p><img src=\"{sink.Address}img\"><script>document.body.append('ran')</script><iframe src=\"{sink.Address}frame\"></iframe><link rel=stylesheet href=\"{sink.Address}css\"><iframe src=\"file:///etc/passwd\"></iframe>");

        var read = PdfText.Of(await converter.ConvertAsync(DocumentTemplate.Html, page, CancellationToken.None));

        Assert.Contains("still here", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ran", read.Text.Replace("still here", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("root:", read.Text, StringComparison.Ordinal);
        Assert.Empty(sink.Requests);
    }

    [Theory]
    [InlineData(DocumentTemplate.Html, "Crm__Documents__Chromium")]
    [InlineData(DocumentTemplate.Docx, "Crm__Documents__LibreOffice")]
    public async Task A_missing_converter_says_what_to_install(string kind, string setting)
    {
        using var converter = Converter(new() { Chromium = "/nowhere/chromium", LibreOffice = "/nowhere/soffice" });

        var failure = await Assert.ThrowsAsync<PdfException>(() => converter.ConvertAsync(kind, [1], CancellationToken.None));

        Assert.Equal((PdfException.NoConverter, false), (failure.Code, failure.Retryable));
        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gotenberg_gets_the_file_and_its_answer_is_the_pdf()
    {
        await using var sink = await HttpSink.StartAsync();
        using var converter = Converter(new() { Gotenberg = sink.Address.ToString() });
        sink.Answer(_ => new SinkAnswer(200, "%PDF-1.7 made elsewhere"));

        Assert.Equal("%PDF-1.7 made elsewhere", Encoding.ASCII.GetString(await converter.ConvertAsync(DocumentTemplate.Docx, "docx"u8.ToArray(), CancellationToken.None)));
        sink.Answer(_ => new SinkAnswer(200, "no pdf"));
        Assert.True((await Assert.ThrowsAsync<PdfException>(() => converter.ConvertAsync(DocumentTemplate.Docx, [1], CancellationToken.None))).Retryable);
        sink.Answer(_ => new SinkAnswer(503, "busy"));
        Assert.True((await Assert.ThrowsAsync<PdfException>(() => converter.ConvertAsync(DocumentTemplate.Docx, [1], CancellationToken.None))).Retryable);
        sink.Answer(_ => new SinkAnswer(400, "bad"));
        Assert.False((await Assert.ThrowsAsync<PdfException>(() => converter.ConvertAsync(DocumentTemplate.Docx, [1], CancellationToken.None))).Retryable);
    }

    [Fact]
    public async Task Where_there_is_no_Chromium_Gotenberg_prints_the_page()
    {
        await using var sink = await HttpSink.StartAsync();
        using var converter = Converter(new() { Chromium = "/nowhere/chromium", Gotenberg = sink.Address.ToString() });
        sink.Answer(_ => new SinkAnswer(200, "%PDF-1.7 printed elsewhere"));

        Assert.Equal("%PDF-1.7 printed elsewhere", Encoding.ASCII.GetString(await converter.ConvertAsync(DocumentTemplate.Html, "<p>hello</p>"u8.ToArray(), CancellationToken.None)));
        Assert.Equal("/forms/chromium/convert/html", Assert.Single(sink.Requests).Target);
        Assert.Contains("<p>hello</p>", sink.Requests[0].Text, StringComparison.Ordinal);
    }

    private static PdfConverter Converter(DocumentOptions options)
    {
        var wrapped = Options.Create(options);
        return new(new(new ChromiumFinder(wrapped), wrapped), new(wrapped), new(wrapped), wrapped);
    }
}

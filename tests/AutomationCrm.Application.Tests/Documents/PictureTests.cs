using System.Buffers.Binary;
using System.Text;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Place = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>Pictures and QR codes on papers: where a placeholder stands for them, and what is refused.</summary>
public sealed class PictureTests
{
    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "an SVG with a script", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), "picture.type" },
        { "a GIF", "GIF89a......"u8.ToArray(), "picture.type" },
        { "a page that calls itself PNG", "<html>\u0089PNG</html>"u8.ToArray(), "picture.type" },
        { "nothing", [], "picture.type" },
        { "only the first bytes", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "picture.broken" },
        { "a bomb of 60,000 × 60,000", Png(60_000, 60_000), "picture.size" },
        { "a strip of 20,000 × 1", Png(20_000, 1), "picture.size" },
        { "more pixels than allowed", Png(9_000, 9_000), "picture.size" },
        { "no width", Png(0, 10), "picture.broken" },
        { "a part longer than the file", [.. Png(10, 10)[..33], 0x7F, 0xFF, 0xFF, 0xFF, (byte)'I', (byte)'D', (byte)'A', (byte)'T'], "picture.broken" },
        { "two heads", [.. Png(10, 10)[..33], .. Png(10, 10)[8..]], "picture.broken" },
        { "no picture in it", [.. Png(10, 10)[..33], .. Png(10, 10)[^12..]], "picture.broken" },
        { "a JPEG that ends at once", [0xFF, 0xD8, 0xFF, 0xE0], "picture.broken" },
        { "a JPEG bomb", Jpeg(60_000, 60_000), "picture.size" },
        { "a JPEG with two frames", [.. Jpeg(10, 10)[..^8], .. Jpeg(20, 20)[2..]], "picture.broken" },
        { "more than 5 MB", [.. Png(10, 10), .. new byte[PictureGate.MostBytes]], "picture.size" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_picture_is_refused_with_a_reason(string what, byte[] file, string code)
    {
        var refused = Assert.Throws<RuleBrokenException>(() => PictureGate.Read(file, what));

        Assert.Equal(code, refused.Code);
        Assert.Contains(what[..Math.Min(what.Length, 80)], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_picture_nothing_is_kept_but_the_picture()
    {
        var png = Png(10, 20, Part("zTXt", new byte[40]), Part("iCCP", "secret profile"u8.ToArray()));
        var jpeg = Jpeg(30, 40, [0xFF, 0xE1, 0x00, 0x0C, .. "GPS secret"u8]);

        var (left, right) = (PictureGate.Read([.. png, .. "<script>"u8], "a"), PictureGate.Read([.. jpeg, .. "<script>"u8], "b"));

        Assert.Equal((Picture.Png, 10, 20), (left.MediaType, left.Width, left.Height));
        Assert.Equal((Picture.Jpeg, 30, 40), (right.MediaType, right.Width, right.Height));
        foreach (var word in (string[])["secret", "zTXt", "script"]) Assert.DoesNotContain(word, Encoding.Latin1.GetString([.. left.Content, .. right.Content]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_document_shows_a_file_of_the_item_and_a_QR_code()
    {
        await using var app = await Paperwork.WithTemplatesAsync(word: "Before {=Picture:Value:Logo@40} after {=Document:TITLE}");
        var logo = app.Services.GetRequiredService<IQrCodes>().Png("logo");
        var deal = await app.AddDealAsync();
        var file = await app.SendAsync(new AddItemFile(deal, "logo.png", logo));
        await app.SendAsync(new SaveTemplateFile(null, "code.docx", Docx.Of([Docx.Paragraph("{=Qr|Code:Document:TITLE}"), Docx.Paragraph("{=Picture:File:logo.png@20}{=Picture:File:logo.png@20}")], header: "{=QrCode:Paper:Number@10}"), Paperwork.Settings("Code")) { Code = "code" });

        var one = await ContentAsync(app, (await app.SendAsync(new CreateDocument(Paperwork.Order(deal) with { Values = new Dictionary<string, Value> { ["Logo"] = Value.Of(file.ToString("D")) } }))).Document);
        var two = await ContentAsync(app, (await app.SendAsync(new CreateDocument(Paperwork.Order(deal, "code") with { WithDocx = true, WithPdf = false }))).Document);

        Assert.Equal("Before  after Chairs\n", Docx.Read(one));
        using (var word = WordprocessingDocument.Open(new MemoryStream(one), isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(word));
            var image = Assert.Single(word.MainDocumentPart!.ImageParts);
            Assert.Equal("image/png", image.ContentType);
            Assert.Equal(40 * 36_000, Assert.Single(word.MainDocumentPart.Document.Descendants<Place.Extent>()).Cx!.Value);
        }

        using var code = WordprocessingDocument.Open(new MemoryStream(two), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(code));
        Assert.Equal((2, 3, 1), (code.MainDocumentPart!.ImageParts.Count(), code.MainDocumentPart.Document.Descendants<Place.Inline>().Count(), code.MainDocumentPart.HeaderParts.Single().ImageParts.Count()));
    }

    [Fact]
    public async Task An_HTML_document_carries_its_pictures_inside_and_a_test_shows_where_they_come()
    {
        await using var app = await Paperwork.StartAsync();
        var deal = await app.AddDealAsync();
        var template = await app.SendAsync(new SaveTemplateFile(null, "p.html", "<p>See {=QrCode:Document:TITLE@25}{=Picture:Value:Logo}</p>"u8.ToArray(), Paperwork.Settings("P")) { Code = "p" });
        var made = (await app.SendAsync(new CreateDocument(Paperwork.Order(deal, "p") with { WithDocx = false, WithPdf = true, Values = new Dictionary<string, Value> { ["Logo"] = Value.Of("") } }))).Document;

        var html = Encoding.UTF8.GetString(await ContentAsync(app, made));

        Assert.Contains("<p>See <img alt=\"\" style=\"width:25mm;height:25mm\" src=\"data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.Single(html.Split("<img")[1..]);
        Assert.NotEmpty((await app.SendAsync(new TryTemplate(template, deal, Pdf: true))).Content);
    }

    [Theory]
    [InlineData("{=Picture:Value:Logo}", "picture.unknown")]
    [InlineData("{=Picture:File:notes.txt}", "picture.type")]
    [InlineData("{=Picture:File:missing.png}", "picture.unknown")]
    public async Task What_is_no_picture_of_the_item_stops_the_document_and_takes_no_number(string placeholder, string code)
    {
        await using var app = await Paperwork.WithTemplatesAsync(word: placeholder);
        var (deal, other) = (await app.AddDealAsync(), await app.AddDealAsync("Other"));
        await app.SendAsync(new AddItemFile(deal, "notes.txt", "no picture"u8.ToArray()));
        var foreign = await app.SendAsync(new AddItemFile(other, "logo.png", app.Services.GetRequiredService<IQrCodes>().Png("x")));

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new CreateDocument(Paperwork.Order(deal) with { Values = new Dictionary<string, Value> { ["Logo"] = Value.Of(foreign.ToString("D")) } })));

        Assert.Equal(code, refused.Code);
        Assert.Equal((0L, 0L), (await app.ScalarAsync<long>("select count(*) from document"), await app.ScalarAsync<long>("select count(*) from number_series")));
    }

    [Theory]
    [InlineData("{=Picture:Document:NOWHERE}", PlaceholderState.Unknown)]
    [InlineData("{=Picture:Value:Logo@900}", PlaceholderState.Broken)]
    [InlineData("{=QrCode:Document:TITLE@2}", PlaceholderState.Broken)]
    [InlineData("{=Picture:Value:Logo@40}", PlaceholderState.Given)]
    [InlineData("{=Picture:File:logo.png}", PlaceholderState.Known)]
    [InlineData("{=QrCode:Document:TITLE}", PlaceholderState.Known)]
    public void A_template_is_told_which_pictures_cannot_come(string placeholder, PlaceholderState state)
    {
        var told = Assert.Single(TemplateCheck.Check([placeholder], [Domain.Crm.ItemTypeIds.Deal], Papers.Portal()));

        Assert.Equal((placeholder, state), (told.Text, told.State));
    }

    private static async Task<byte[]> ContentAsync(AppFixture app, Document document) =>
        (await app.Services.GetRequiredService<IFileStore>().ReadAsync((await app.ReadAsync(db => db.Documents.AsNoTracking().SingleAsync(d => d.Id == document.Id))).SourceFileId!.Value, CancellationToken.None))!;

    private static byte[] Png(int width, int height, params byte[][] parts)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Part("IHDR", head), .. parts.SelectMany(p => p), .. Part("IDAT", [1, 2, 3]), .. Part("IEND", [])];
    }

    private static byte[] Part(string kind, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(kind), .. content, 0, 0, 0, 0];
    }

    private static byte[] Jpeg(int width, int height, params byte[] more) =>
        [0xFF, 0xD8, 0xFF, 0xDB, 0, 3, 0, .. more, 0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0xD9];
}

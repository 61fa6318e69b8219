using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Infrastructure.Documents.Docx;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class DocxFillTests
{
    private static readonly DocxTemplate Word = new();

    [Theory]
    [InlineData("{=Document:TITLE}", "Chairs & <Tables>")]
    [InlineData("Dear {=Document:COMPANY.TITLE}!", "Dear Wire & Sons!")]
    [InlineData("{=Document:OPPORTUNITY}", "12,345.50 EUR")]
    [InlineData("{=Document:RESPONSIBLE}, {=Document:RESPONSIBLE.EMAIL}", "Olga Berg, olga@example.com")]
    [InlineData("{=Document:COMPANY.PHONE}", "+49 30 1234567")]
    [InlineData("No {=Paper:Number} of {=Paper:Date}", "No P-2026-0001 of 3/5/2026")]
    [InlineData("{{= {=Document:OPPORTUNITY} * 10% }}", "1,234.55 EUR")]
    [InlineData("{{= “Offer ” & {=Document:ID} }}", "Offer 15")]
    [InlineData("a {not ours} b {=Document:ID} c", "a {not ours} b 15 c")]
    public void A_placeholder_becomes_what_people_read(string text, string filled) => Assert.Equal(filled + "\n", Fill(Docx.Of(text)));

    [Theory]
    [InlineData("Dear {|=Document:|COMPANY|.TITLE}|!", "Dear Wire & Sons!\n")]
    [InlineData("{=Document:I|D} and {=Document:I|D}", "15 and 15\n")]
    [InlineData("{|{|= 1 + 1 }|}", "2\n")]
    public void A_placeholder_split_over_runs_is_one_placeholder(string text, string filled) => Assert.Equal(filled, Fill(Docx.Of(text)));

    [Fact]
    public void The_value_keeps_the_look_of_its_run()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(Word.Fill(Docx.Of("{|=Document:ID}"), Papers.Filler())), false);

        var run = file.MainDocumentPart!.Document.Descendants<Run>().First(r => r.InnerText.Length > 0);
        Assert.Equal("15", run.InnerText);
        Assert.NotNull(run.RunProperties!.Bold);
    }

    [Fact]
    public void Lines_of_a_value_are_lines_and_placeholders_in_a_value_stay_text() =>
        Assert.Equal("first line/second line with {=Document:ID}\n", Fill(Docx.Of("{=Document:COMMENTS}")));

    [Fact]
    public void A_table_row_with_product_placeholders_stands_once_per_product()
    {
        var template = Docx.Of([Docx.Table(["No", "What", "Sum"], ["{=Products:INDEX}", "{=Pro|ducts:NAME}", "{=Products:SUM}"], ["", "Total", "{=Products:TOTAL}"]), Docx.Paragraph("")]);

        var text = Docx.Read(Word.Fill(template, Papers.WithProducts(new("Chair {=Document:ID}", 2, 50, 100, "EUR"), new("Table", 1, 200, 200, "EUR"))));

        Assert.Equal("No\nWhat\nSum\n1\nChair {=Document:ID}\n100.00 EUR\n2\nTable\n200.00 EUR\n\nTotal\n300.00 EUR\n\n", text);
    }

    [Fact]
    public void Without_products_the_row_goes_but_a_table_keeps_its_last_row()
    {
        Assert.Equal("What\n\n", Docx.Read(Word.Fill(Docx.Of([Docx.Table(["What"], ["{=Products:NAME}"]), Docx.Paragraph("")]), Papers.WithProducts())));
        Assert.Equal("\n\n", Docx.Read(Word.Fill(Docx.Of([Docx.Table(["{=Products:NAME}"]), Docx.Paragraph("")]), Papers.WithProducts())));
    }

    [Fact]
    public void Headers_are_filled_too()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(Word.Fill(Docx.Of([Docx.Paragraph("x")], header: "{=Paper:Number}"), Papers.Filler())), false);

        Assert.Equal("P-2026-0001", file.MainDocumentPart!.HeaderParts.Single().Header.InnerText);
    }

    [Fact]
    public void The_result_is_a_valid_document()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(Word.Fill(Docx.Of([Docx.Table(["{=Products:NAME}"]), Docx.Paragraph("{=Document:COMMENTS}")]), Papers.WithProducts(new ProductRow("Chair\u0001\uFFFE", 1, 1, 1, "EUR")))), false);

        // Borders and widths of the sample tables are nobody's business here.
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(e => e.Description).Where(d => !d.Contains("tblPr", StringComparison.Ordinal) && !d.Contains("tblGrid", StringComparison.Ordinal) && !d.Contains("'http://schemas.openxmlformats.org/wordprocessingml/2006/main:tr'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{=Document:NOPE}", "NOPE")]
    [InlineData("{=Document:COMPANY.NOPE}", "NOPE")]
    [InlineData("{=Other:TITLE}", "Other:TITLE")]
    [InlineData("{=Document:TITLE", "{=Document:TITLE")]
    [InlineData("{{= 1 / 0 }}", "1 / 0")]
    [InlineData("{=Value:Terms}", "Terms")]
    public void What_cannot_be_filled_in_is_named_and_never_left_empty(string text, string named)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Word.Fill(Docx.Of(text), Papers.Filler()));

        Assert.Equal("document.placeholder", refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_given_by_name_or_override_a_path()
    {
        var given = new Dictionary<string, Value> { ["Terms"] = Value.Of("30 days"), ["Document:TITLE"] = Value.Of("Other") };

        Assert.Equal("30 days Other\n", Docx.Read(Word.Fill(Docx.Of("{=Value:Terms} {=Document:TITLE}"), Papers.Filler(given))));
    }

    [Fact]
    public void The_template_says_in_which_language_numbers_and_dates_are_written() =>
        Assert.Equal("12\u00A0345,50 EUR 05.03.2026\n", Docx.Read(Word.Fill(Docx.Of("{=Document:OPPORTUNITY} {=Paper:Date}"), Papers.Filler(language: "ru"))));

    [Fact]
    public void A_document_that_fills_up_the_memory_is_refused()
    {
        var given = new Dictionary<string, Value> { ["Long"] = Value.Of(new string('x', 200_000)) };

        var refusal = Assert.Throws<RuleBrokenException>(() => Word.Fill(Docx.Of(string.Concat(Enumerable.Repeat("{=Value:Long}", 50))), Papers.Filler(given)));

        Assert.Equal("document.too_long", refusal.Code);
    }

    private static string Fill(byte[] template) => Docx.Read(Word.Fill(template, Papers.Filler()));
}

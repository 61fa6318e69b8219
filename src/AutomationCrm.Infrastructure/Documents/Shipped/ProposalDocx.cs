using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Infrastructure.Documents.Shipped;

/// <summary>The proposal as a Word template, made by code so that the repository holds no binary file.</summary>
internal static class ProposalDocx
{
    private const string Blue = "2563EB";
    private const string Grey = "6B7280";

    public static byte[] Build()
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            main.Document = new Document(new Body(
                Line("Proposal {=Paper:Number}", size: 40, bold: true),
                Line("{=Paper:Date}", color: Grey),
                Sides(),
                Line("{=Document:TITLE}", size: 28, bold: true),
                Line("Thank you for your interest. We are glad to offer you the following."),
                Rows(),
                Line(""),
                Line("This proposal is valid for 30 days, until {{= dateadd({=Paper:Date}, '30d') }}."),
                Line(""),
                Line("Signed off by ______________________________"),
                Page()));
            var footer = main.AddNewPart<FooterPart>("footer");
            footer.Footer = new Footer(Line("{=Paper:Title} {=Paper:Number}", size: 16, color: Grey));
        }

        return stream.ToArray();
    }

    private static SectionProperties Page() => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = "footer" },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 1134, Bottom = 1134, Left = 1020, Right = 1020, Header = 567, Footer = 567, Gutter = 0 });

    private static Table Sides() => new(
        new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }),
        new TableGrid(new GridColumn { Width = "4933" }, new GridColumn { Width = "4933" }),
        new TableRow(
            Cell(Line("For", size: 16, color: Grey), Line("{=Document:COMPANY.TITLE}", bold: true), Line("{=Document:CONTACT.NAME} {=Document:CONTACT.LAST_NAME}"), Line("{=Document:CONTACT.EMAIL}")),
            Cell(Line("From", size: 16, color: Grey), Line("{=Document:RESPONSIBLE.FULL_NAME}", bold: true), Line("{=Document:RESPONSIBLE.POSITION}"), Line("{=Document:RESPONSIBLE.EMAIL}"))));

    private static Table Rows() => new(
        new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 4, Color = Grey },
                new BottomBorder { Val = BorderValues.Single, Size = 4, Color = Grey },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 2, Color = "E5E7EB" })),
        new TableGrid(new GridColumn { Width = "700" }, new GridColumn { Width = "4300" }, new GridColumn { Width = "1400" }, new GridColumn { Width = "1700" }, new GridColumn { Width = "1766" }),
        Row(true, "No", "Description", "Quantity", "Price", "Sum"),
        Row(false, "{=Products:INDEX}", "{=Products:NAME}", "{=Products:QUANTITY} {=Products:UNIT}", "{=Products:PRICE}", "{=Products:SUM}"),
        Row(true, "", "Total", "", "", "{=Products:TOTAL}"));

    private static TableRow Row(bool bold, params string[] texts) =>
        new(texts.Select((text, i) => Cell(Line(text, bold: bold, right: i >= 2))));

    private static TableCell Cell(params Paragraph[] lines) => new(lines);

    private static Paragraph Line(string text, int size = 21, bool bold = false, string? color = null, bool right = false)
    {
        var look = new RunProperties();
        look.Append(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Calibri" });
        if (bold) look.Append(new Bold());
        if (color is not null || size > 30) look.Append(new Color { Val = color ?? Blue });
        look.Append(new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        var layout = new ParagraphProperties(new SpacingBetweenLines { After = "80" });
        if (right) layout.Append(new Justification { Val = JustificationValues.Right });
        return new(layout, new Run(look, new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }
}

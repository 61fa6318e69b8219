using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Templates;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>Word templates: placeholders anywhere in body, headers, footers and notes, also split over runs; a table row with product placeholders stands once per product.</summary>
internal sealed class DocxTemplate : ITemplateEngine
{
    private static readonly OpenSettings Careful = new() { MaxCharactersInPart = 20_000_000 };

    public string Kind => Application.Documents.DocumentTemplate.Docx;

    public string MediaType => "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public IReadOnlyList<string> Inspect(byte[] template)
    {
        DocxGate.Check(template);
        return Guarded(() =>
        {
            using var file = WordprocessingDocument.Open(new MemoryStream(template, writable: false), isEditable: false, Careful);
            return Texts(file).SelectMany(t => t.Root.Descendants<Paragraph>()).SelectMany(p => DocxParagraph.Of(p).Placeholders).Select(p => p.Text).ToList();
        });
    }

    public byte[] Fill(byte[] template, PaperFiller filler) => Guarded(() =>
    {
        using var stream = new MemoryStream();
        stream.Write(template);
        using (var file = WordprocessingDocument.Open(stream, isEditable: true, Careful))
        {
            foreach (var (part, root) in Texts(file))
            {
                var (done, pictures) = (new HashSet<Paragraph>(), new DocxPictures(part));
                foreach (var row in root.Descendants<TableRow>().Where(IsRepeated).ToList()) Repeat(row, filler, pictures, done);
                foreach (var paragraph in root.Descendants<Paragraph>().Where(p => !done.Contains(p)).ToList()) DocxParagraph.Of(paragraph).Fill(filler, pictures);
            }

            file.Save();
        }

        return stream.ToArray();
    });

    /// <summary>The gate has let it through, but Open XML is stricter than XML.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or InvalidDataException or System.Xml.XmlException or FileFormatException or ArgumentException or InvalidOperationException)
        {
            throw ZipGate.Refused("docx.broken", "Word's format is not kept in it; open it in Word, save it and try again.");
        }
    }

    private static IEnumerable<(OpenXmlPart Part, OpenXmlPartRootElement Root)> Texts(WordprocessingDocument file)
    {
        var main = file.MainDocumentPart ?? throw ZipGate.Refused("docx.broken", "it has no text.");
        OpenXmlPart?[] parts = [main, .. main.HeaderParts, .. main.FooterParts, main.FootnotesPart, main.EndnotesPart];
        return parts.OfType<OpenXmlPart>().Where(p => p.RootElement is not null).Select(p => (p, p.RootElement!));
    }

    private static bool IsRepeated(TableRow row) =>
        !row.Descendants<TableRow>().Any() && row.Descendants<Paragraph>().SelectMany(p => DocxParagraph.Of(p).Placeholders).Any(p => PaperFiller.IsOfRow(p.Text));

    private static void Repeat(TableRow row, PaperFiller filler, DocxPictures pictures, HashSet<Paragraph> done)
    {
        var copies = filler.Rows.ToList();
        // A table without a row is no table for Word.
        if (copies.Count == 0 && row.Parent!.Elements<TableRow>().Count() == 1) copies.Add(filler.EmptyRow);
        foreach (var one in copies)
        {
            var copy = (TableRow)row.CloneNode(deep: true);
            row.InsertBeforeSelf(copy);
            foreach (var paragraph in copy.Descendants<Paragraph>())
            {
                DocxParagraph.Of(paragraph).Fill(one, pictures);
                done.Add(paragraph);
            }
        }

        row.Remove();
    }
}

using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>Small Word files, honest and hostile.</summary>
internal static class Docx
{
    /// <summary>A file with one paragraph per text; a <c>|</c> begins a new run.</summary>
    public static byte[] Of(params string[] paragraphs) => Of([.. paragraphs.Select(p => (OpenXmlElement)Paragraph(p))]);

    public static byte[] Of(OpenXmlElement[] content, string? header = null)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            main.Document = new Document(new Body(content));
            if (header is not null)
            {
                var part = main.AddNewPart<HeaderPart>();
                part.Header = new Header(Paragraph(header));
                main.Document.Body!.AppendChild(new SectionProperties(new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) }));
            }
        }

        return stream.ToArray();
    }

    public static Paragraph Paragraph(string text) => new(text.Split('|').Select(run => new Run(new RunProperties(new Bold()), new Text(run) { Space = SpaceProcessingModeValues.Preserve })));

    public static Table Table(params string[][] rows) =>
        new(rows.Select(row => new TableRow(row.Select(cell => new TableCell(Paragraph(cell))))));

    /// <summary>The texts of a file's body, a line per paragraph.</summary>
    public static string Read(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), isEditable: false);
        var text = new StringBuilder();
        foreach (var paragraph in document.MainDocumentPart!.Document.Descendants<Paragraph>())
        {
            foreach (var piece in paragraph.Descendants())
                text.Append(piece switch { Text t => t.Text, Break => "/", TabChar => "\t", _ => "" });
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same file with one part added or replaced.</summary>
    public static byte[] With(byte[] file, string name, byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)?.Delete();
            using var target = zip.CreateEntry(name, level).Open();
            target.Write(content);
        }

        return stream.ToArray();
    }

    public static byte[] With(byte[] file, string name, string content) => With(file, name, Encoding.UTF8.GetBytes(content));

    /// <summary>The same file with a text of one part replaced.</summary>
    public static byte[] Changed(byte[] file, string name, string from, string to)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        var text = reader.ReadToEnd();
        Assert.Contains(from, text, StringComparison.Ordinal);
        return With(file, name, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>A body with raw XML in it.</summary>
    public static byte[] WithBody(string xml) => Changed(Of("text"), "word/document.xml", "</w:body>", xml + "</w:body>");

    public static byte[] WithRelation(string type, string target, bool external) => With(Of("text"), "word/_rels/document.xml.rels",
        $"""<?xml version="1.0" encoding="utf-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" Target="{target}"{(external ? " TargetMode=\"External\"" : "")}/></Relationships>""");
}

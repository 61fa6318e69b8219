using System.IO.Compression;
using System.Text;
using AutomationCrm.Domain.Common;
using AutomationCrm.Infrastructure.Documents.Docx;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>The corpus of attack list A5: each file is refused with a sentence that names the reason.</summary>
public sealed class HostileDocxTests
{
    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private static readonly Dictionary<string, (Func<byte[]> File, string Code)> Corpus = new(StringComparer.Ordinal)
    {
        ["nothing"] = (() => [], "docx.broken"),
        ["text with another name"] = (() => "hello"u8.ToArray(), "docx.broken"),
        ["a zip without a document"] = (() => Zip(("a.xml", "<a/>"u8.ToArray())), "docx.broken"),
        ["a zip bomb"] = (() => Docx.With(Docx.Of("text"), "word/media/bomb.xml", new byte[40 * 1024 * 1024]), "docx.bomb"),
        ["many middling bombs"] = (() => Zip([("[Content_Types].xml", "<a/>"u8.ToArray()), .. Enumerable.Range(0, 60).Select(i => ($"{i}.xml", Noise(1024 * 1024, i)))]), "docx.bomb"),
        ["too many parts"] = (() => Zip([.. Enumerable.Range(0, 300).Select(i => ($"{i}.xml", "<a/>"u8.ToArray()))]), "docx.entries"),
        ["a name that leads out"] = (() => Docx.With(Docx.Of("text"), "../evil.xml", "<a/>"), "docx.names"),
        ["an absolute name"] = (() => Docx.With(Docx.Of("text"), "/etc/evil.xml", "<a/>"), "docx.names"),
        ["a name of another system"] = (() => Docx.With(Docx.Of("text"), "word\\evil.xml", "<a/>"), "docx.names"),
        ["the same name twice"] = (() => Zip(("a.xml", "<a/>"u8.ToArray()), ("A.xml", "<a/>"u8.ToArray())), "docx.names"),
        ["overlapping parts"] = (Overlapping, "docx.overlap"),
        ["cut off"] = (() => Docx.Of("text")[..^40], "docx.broken"),
        ["protected with a password"] = (Encrypted, "docx.encrypted"),
        ["a size that lies"] = (LyingSize, "docx"),
        ["macros by name"] = (() => Docx.With(Docx.Of("text"), "word/vbaProject.bin", "MZ"), "docx.macro"),
        ["macros by type"] = (() => Docx.Changed(Docx.Of("text"), "[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.document.macroEnabled.main"), "docx.macro"),
        ["an embedded object"] = (() => Docx.With(Docx.Of("text"), "word/embeddings/oleObject1.bin", "x"), "docx.object"),
        ["an embedded archive"] = (() => Docx.With(Docx.Of("text"), "word/inner.zip", Docx.Of("inner")), "docx.part"),
        ["a picture that Word would run"] = (() => Docx.With(Docx.Of("text"), "word/media/image1.emf", "x"), "docx.part"),
        ["an outside template"] = (() => Docx.WithRelation("attachedTemplate", "http://evil.example/t.dotm", external: true), "docx.object"),
        ["an outside picture"] = (() => Docx.WithRelation("image", "http://evil.example/i.png", external: true), "docx.external"),
        ["a picture on a file server"] = (() => Docx.WithRelation("image", "file://evil/share/i.png", external: true), "docx.external"),
        ["a hidden outside target"] = (() => Docx.WithRelation("image", "\\\\evil\\share\\i.png", external: false), "docx.external"),
        ["a link that runs"] = (() => Docx.WithRelation("hyperlink", "javascript:alert(1)", external: true), "docx.external"),
        ["a link to a file"] = (() => Docx.WithRelation("hyperlink", "file:///etc/passwd", external: true), "docx.external"),
        ["another document inside"] = (() => Docx.WithRelation("aFChunk", "afchunk.mht", external: false), "docx.object"),
        ["a chunk in the text"] = (() => Docx.WithBody("<w:altChunk xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"x\"/>"), "docx.object"),
        ["a simple field that starts a program"] = (() => Docx.WithBody("<w:p><w:fldSimple w:instr=\"DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe\"/></w:p>"), "docx.field"),
        ["a field split over runs"] = (() => Docx.WithBody(Field("D", "DE", "AUTO cmd.exe")), "docx.field"),
        ["a field that loads a file"] = (() => Docx.WithBody(Field("INCLUDETEXT \"/etc/passwd\"")), "docx.field"),
        ["a field that spells another"] = (() => Docx.WithBody(Field("QUOTE 68 68 69")), "docx.field"),
        ["an instruction outside any field"] = (() => Docx.WithBody("<w:p><w:r><w:instrText>LINK Excel.Sheet.8 x</w:instrText></w:r></w:p>"), "docx.field"),
        ["entities"] = (() => Docx.With(Docx.Of("text"), "word/document.xml", "<!DOCTYPE a [<!ENTITY b \"bbb\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><a>&c;</a>"), "docx.xml"),
        ["a very deep text"] = (() => Docx.WithBody(string.Concat(Enumerable.Repeat("<w:sdt>", 500)) + string.Concat(Enumerable.Repeat("</w:sdt>", 500))), "docx.xml"),
        ["broken XML"] = (() => Docx.With(Docx.Of("text"), "word/document.xml", "<w:document"), "docx.xml"),
        ["XML that is no document"] = (() => Docx.With(Docx.Of("text"), "word/document.xml", $"<w:hello {W}/>"), "docx.broken"),
        ["a document without a text"] = (() => Docx.With(Docx.Of("text"), "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"), "docx.broken"),
    };

    public static TheoryData<string> Names => [.. Corpus.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_is_refused_with_the_reason(string name)
    {
        var (file, code) = Corpus[name];

        var refusal = Assert.Throws<RuleBrokenException>(() => new DocxTemplate().Inspect(file()));

        Assert.StartsWith(code, refusal.Code, StringComparison.Ordinal);
        Assert.StartsWith("The template is refused: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("file", refusal.Field);
    }

    [Fact]
    public void A_bomb_is_given_up_before_it_has_filled_the_memory()
    {
        var bomb = Docx.With(Docx.Of("text"), "word/bomb.xml", new byte[200 * 1024 * 1024]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<RuleBrokenException>(() => new DocxTemplate().Inspect(bomb));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1024 * 1024);
    }

    [Fact]
    public void Links_and_page_numbers_are_harmless()
    {
        _ = new DocxTemplate().Inspect(Docx.WithRelation("hyperlink", "https://example.com/", external: true));
        _ = new DocxTemplate().Inspect(Docx.WithBody(Field("PA", "GE \\* MERGEFORMAT")));
    }

    private static string Field(params string[] pieces) =>
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + string.Concat(pieces.Select(p => $"<w:r><w:instrText xml:space=\"preserve\">{p}</w:instrText></w:r>"))
        + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";

    private static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var target = zip.CreateEntry(name).Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Noise(int size, int seed)
    {
        var noise = new byte[size];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    /// <summary>Two names of the table of contents point at the same content.</summary>
    private static byte[] Overlapping()
    {
        var file = Zip(("a.xml", "<a/>"u8.ToArray()), ("b.xml", "<b/>"u8.ToArray()));
        var first = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var second = first + 4 + file.AsSpan(first + 4).IndexOf("PK\u0001\u0002"u8);
        file.AsSpan(first + 42, 4).CopyTo(file.AsSpan(second + 42, 4));
        return file;
    }

    private static byte[] Encrypted()
    {
        var file = Zip(("a.xml", "<a/>"u8.ToArray()));
        file[file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        return file;
    }

    /// <summary>The table of contents says that a part of 40 MB is tiny.</summary>
    private static byte[] LyingSize()
    {
        var file = Docx.With(Docx.Of("text"), "word/zzz.xml", new byte[40 * 1024 * 1024]);
        var name = Encoding.ASCII.GetBytes("word/zzz.xml");
        var place = file.AsSpan().LastIndexOf(name) - 46;
        Assert.True(file.AsSpan(place).StartsWith("PK\u0001\u0002"u8));
        file.AsSpan(place + 24, 4).Clear();
        file[place + 24] = 10;
        return file;
    }
}

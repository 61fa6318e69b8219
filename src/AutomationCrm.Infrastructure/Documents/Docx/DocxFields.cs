using System.Text;
using System.Xml;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>
/// Reads the instructions of Word's fields, also those split over runs, and lets harmless ones through: fields that start programs, load files or
/// spell another field out of character codes (DDE, INCLUDETEXT, LINK, QUOTE …) are on no list, so they are refused.
/// </summary>
internal sealed class DocxFields
{
    private static readonly string[] Harmless =
    [
        "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "HYPERLINK", "TOC", "REF", "PAGEREF", "NOTEREF", "SEQ",
        "STYLEREF", "TITLE", "AUTHOR", "SUBJECT", "KEYWORDS", "FILENAME", "NUMWORDS", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "TC", "XE", "INDEX", "DOCPROPERTY", "=",
    ];

    private readonly Stack<StringBuilder> open = [];
    private bool inInstruction;

    public static bool IsPlainLink(string target) =>
        target.StartsWith('#') || (Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto");

    public void Begin(XmlReader reader)
    {
        inInstruction = false;
        switch (reader.LocalName)
        {
            case "fldSimple":
                Check(Attribute(reader, "instr"));
                break;
            case "fldChar":
                Mark(Attribute(reader, "fldCharType"));
                break;
            case "instrText" or "delInstrText":
                inInstruction = !reader.IsEmptyElement;
                break;
        }
    }

    public void Read(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.EndElement) inInstruction = false;
        else if (inInstruction && reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA) Add(reader.Value);
    }

    private void Mark(string kind)
    {
        if (kind == "begin") open.Push(new());
        else if (kind is "separate" or "end" && open.TryPeek(out var instruction))
        {
            if (instruction.Length > 0) Check(instruction.ToString());
            instruction.Clear();
            if (kind == "end") open.Pop();
        }
    }

    private void Add(string text)
    {
        // An instruction outside any field is never a field of ours.
        if (open.Count == 0) Check(text);
        else open.Peek().Append(text);
    }

    private static void Check(string instruction)
    {
        var trimmed = instruction.Trim();
        if (trimmed.Length == 0) return;

        var word = trimmed.StartsWith('=') ? "=" : trimmed.Split([' ', '\t', '\r', '\n', '\u00A0', '\\', '"'], 2)[0].ToUpperInvariant();
        if (!Harmless.Contains(word, StringComparer.Ordinal)) throw ZipGate.Refused("docx.field", $"it holds the field {(word.Length <= 40 ? word : word[..40])}, which may run or load something.");
        if (word == "HYPERLINK" && !trimmed.Contains("\\l", StringComparison.Ordinal) && !IsPlainLink(trimmed["HYPERLINK".Length..].Trim().Trim('"').Split('"')[0]))
            throw ZipGate.Refused("docx.external", "it holds a link that is neither a web address nor a mail address.");
    }

    private static string Attribute(XmlReader reader, string name)
    {
        for (var has = reader.MoveToFirstAttribute(); has; has = reader.MoveToNextAttribute())
        {
            if (reader.LocalName != name) continue;

            var value = reader.Value;
            reader.MoveToElement();
            return value;
        }

        reader.MoveToElement();
        return "";
    }
}

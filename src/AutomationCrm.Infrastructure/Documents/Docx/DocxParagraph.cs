using System.Text;
using AutomationCrm.Application.Documents.Filling;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>The texts of one paragraph as one string, and the way back: Word splits what somebody typed in one go over several runs.</summary>
internal sealed class DocxParagraph
{
    private readonly List<(Text Element, int Start)> texts;

    private DocxParagraph(List<(Text, int)> texts, IReadOnlyList<PlaceholderText> placeholders) => (this.texts, Placeholders) = (texts, placeholders);

    public IReadOnlyList<PlaceholderText> Placeholders { get; }

    public static DocxParagraph Of(Paragraph paragraph)
    {
        var (texts, all) = (new List<(Text, int)>(), new StringBuilder());
        foreach (var text in paragraph.Descendants<Text>())
        {
            // A text box inside the paragraph has paragraphs of its own.
            if (text.Ancestors<Paragraph>().First() != paragraph) continue;
            texts.Add((text, all.Length));
            all.Append(text.Text);
        }

        return new(texts, PlaceholderText.Find(all.ToString()));
    }

    /// <summary>The value takes the look of the run in which its placeholder begins.</summary>
    public void Fill(PaperFiller filler)
    {
        // From the end, so that the places before stay where they are.
        foreach (var place in Placeholders.Reverse())
        {
            var (first, last) = (IndexOf(place.Start), IndexOf(place.End - 1));
            var value = filler.Fill(place.Text);
            var head = texts[first].Element.Text[..(place.Start - texts[first].Start)];
            var tail = texts[last].Element.Text[(place.End - texts[last].Start)..];
            for (var i = first + 1; i <= last; i++) Set(i, i == last ? tail : "");
            Set(first, first == last ? head + value + tail : head + value);
        }

        if (Placeholders.Count > 0)
            foreach (var (element, _) in texts) BreakLines(element);
    }

    private int IndexOf(int position) => texts.FindLastIndex(t => t.Start <= position);

    private void Set(int index, string text)
    {
        var element = texts[index].Element;
        (element.Text, element.Space) = (text, SpaceProcessingModeValues.Preserve);
    }

    private static void BreakLines(Text element)
    {
        if (!element.Text.AsSpan().ContainsAny('\n', '\t')) return;

        var piece = new StringBuilder();
        foreach (var c in element.Text)
        {
            if (c is not ('\n' or '\t'))
            {
                piece.Append(c);
                continue;
            }

            element.InsertBeforeSelf(new Text(piece.ToString()) { Space = SpaceProcessingModeValues.Preserve });
            element.InsertBeforeSelf<OpenXmlElement>(c == '\n' ? new Break() : new TabChar());
            piece.Clear();
        }

        element.Text = piece.ToString();
    }
}

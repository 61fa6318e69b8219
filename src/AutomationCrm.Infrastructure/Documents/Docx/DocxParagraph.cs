using System.Text;
using AutomationCrm.Application.Documents.Filling;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>The texts of one paragraph as one string, and the way back: Word splits what somebody typed in one go over several runs.</summary>
internal sealed class DocxParagraph
{
    private readonly List<(Text Element, int Start)> texts;

    /// <summary>Texts behind pictures, which the paragraph did not have.</summary>
    private readonly List<Text> behind = [];

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
    public void Fill(PaperFiller filler, DocxPictures pictures)
    {
        // From the end, so that the places before stay where they are.
        foreach (var place in Placeholders.Reverse())
        {
            var (first, last) = (IndexOf(place.Start), IndexOf(place.End - 1));
            var drawing = filler.PictureOf(place.Text) is { } picture ? pictures.Draw(picture) : null;
            var value = drawing is null ? filler.Fill(place.Text) : "";
            var head = texts[first].Element.Text[..(place.Start - texts[first].Start)];
            var tail = texts[last].Element.Text[(place.End - texts[last].Start)..];
            for (var i = first + 1; i <= last; i++) Set(i, i == last ? tail : "");
            Set(first, first == last && drawing is null ? head + value + tail : head + value);
            if (drawing is not null) Place(texts[first].Element, drawing, first == last ? tail : "");
        }

        if (Placeholders.Count > 0)
            foreach (var element in texts.Select(t => t.Element).Concat(behind)) BreakLines(element);
    }

    private void Place(Text before, Drawing drawing, string tail)
    {
        var after = new Text(tail) { Space = SpaceProcessingModeValues.Preserve };
        before.InsertAfterSelf(drawing);
        drawing.InsertAfterSelf(after);
        behind.Add(after);
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

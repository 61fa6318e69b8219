using System.Globalization;
using System.Text;
using System.Xml;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>
/// Turns placeholders into the text that stands on the paper: values as people read them, in the template's language. Unknown references
/// and formulas that fail are a <see cref="RuleBrokenException"/> that quotes the placeholder.
/// </summary>
public sealed class PaperFiller
{
    /// <summary>What one document may hold of filled-in text, in characters; the language's budget covers single formulas only.</summary>
    private const int MostText = 4_000_000;

    private readonly PaperData data;
    private readonly IValueSource source;
    private readonly EvaluationContext context;
    private readonly Budget budget;

    private PaperFiller(PaperData data, int? row, EvaluationContext context, Budget budget) =>
        (this.data, Row, source, this.context, this.budget) = (data, row, new PaperSource(data, row), context, budget);

    /// <summary>The product row from 0; null outside rows.</summary>
    internal int? Row { get; }

    internal static PaperFiller Of(PaperData data, DateTimeOffset now, CultureInfo culture, TimeZoneInfo zone) =>
        new(data, null, new(now) { Culture = culture, TimeZone = zone, Facts = new PaperFacts(data) }, new());

    /// <summary>One filler for each product row, in order.</summary>
    public IEnumerable<PaperFiller> Rows => Enumerable.Range(0, data.Products.Count).Select(i => new PaperFiller(data, i, context, budget));

    /// <summary>A row that is there although there are no products.</summary>
    public PaperFiller EmptyRow => new(data, data.Products.Count, context, budget);

    public static bool IsOfRow(string placeholder) => PicturePlaceholder.Parse(placeholder) is { } picture ? picture.IsOfRow : Template.Parse(placeholder).References.Any(PaperPaths.IsOfRow);

    /// <summary>The picture for which a placeholder stands; null for text, and where there is no picture.</summary>
    public PlacedPicture? PictureOf(string placeholder) => PicturePlaceholder.Parse(placeholder) is { } picture ? data.Pictures.GetValueOrDefault(new(placeholder, picture.IsOfRow ? Row : null)) : null;

    public string Fill(string placeholder)
    {
        if (PicturePlaceholder.Parse(placeholder) is { } picture) return Missing(picture);

        var template = Template.Parse(placeholder);
        var evaluation = template.Evaluate(source, context);
        if (evaluation.Failure is { } failure) throw new RuleBrokenException("document.placeholder", $"{Short(placeholder)}: {failure.Message}", "template");

        var text = Storable(ValueText.Printable(evaluation.Value!, context, template.References is [var path] ? path : null));
        budget.Left -= text.Length;
        return budget.Left >= 0 ? text : throw new RuleBrokenException("document.too_long", "The document would hold more than 4 million characters of filled-in text.", "template");
    }

    private string Missing(PicturePlaceholder picture)
    {
        if (picture.IsOfRow && Row is null && data.Products.Count > 0)
            throw new RuleBrokenException("picture.row", $"{Short(picture.Text)}: outside a repeated row it stands for all products together, which gives no picture.", "template");
        return data.IsTest ? $"[{picture.Path}]" : "";
    }

    private static string Short(string placeholder) => placeholder.Length <= 120 ? placeholder : string.Concat(placeholder.AsSpan(0, 120), "…");

    /// <summary>Without characters that XML cannot hold.</summary>
    private static string Storable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!rune.IsBmp || (XmlConvert.IsXmlChar((char)rune.Value) && rune.Value != '\r')) kept.Append(rune.ToString());
        return kept.ToString();
    }

    private sealed class Budget
    {
        public int Left { get; set; } = MostText;
    }
}

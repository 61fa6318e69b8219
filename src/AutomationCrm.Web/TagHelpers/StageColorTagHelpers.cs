using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AutomationCrm.Web.TagHelpers;

/// <summary><c>&lt;stage-dot color="#2fc6f6" /&gt;</c>. A stage's colour is data; an SVG attribute shows it without a style attribute, which the CSP forbids.</summary>
[HtmlTargetElement("stage-dot", Attributes = "color", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StageDotTagHelper : TagHelper
{
    public required string Color { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        StageColor.Draw(output, "stage-dot", "0 0 10 10", $"<circle cx=\"5\" cy=\"5\" r=\"5\" fill=\"{StageColor.Checked(Color)}\"/>");
}

/// <summary><c>&lt;stage-line color="#2fc6f6" /&gt;</c>: the coloured line of a column or a step.</summary>
[HtmlTargetElement("stage-line", Attributes = "color", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StageLineTagHelper : TagHelper
{
    public required string Color { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        StageColor.Draw(output, "stage-line", "0 0 10 10", $"<rect width=\"10\" height=\"10\" fill=\"{StageColor.Checked(Color)}\"/>");
}

internal static class StageColor
{
    private const string Unknown = "#8a94a6";

    public static string Checked(string? color)
    {
        var digits = color.AsSpan().TrimStart('#');
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _) ? $"#{digits}" : Unknown;
    }

    public static void Draw(TagHelperOutput output, string name, string box, string shape)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", name);
        output.Attributes.SetAttribute("viewBox", box);
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(shape);
    }
}

using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AutomationCrm.Web.TagHelpers;

/// <summary><c>&lt;icon name="plus" /&gt;</c>: an icon of Client/icons.txt; a label makes it more than decoration.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    public string? Label { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", output.Attributes["class"] is { } given ? $"icon {given.Value}" : "icon");
        if (Label is null) output.Attributes.SetAttribute("aria-hidden", "true");
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        var use = new TagBuilder("use");
        use.Attributes["href"] = $"{AssetUrl.Of(ViewContext.HttpContext, "dist/icons.svg")}#{Name}";
        output.Content.SetHtmlContent(use);
    }
}

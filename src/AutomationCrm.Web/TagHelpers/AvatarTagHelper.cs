using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AutomationCrm.Web.TagHelpers;

/// <summary><c>&lt;avatar name="Anna Petrova" size="xs" /&gt;</c>: initials on a hue that stays the same for the same name.</summary>
[HtmlTargetElement("avatar", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    private const int Hues = 6;

    public required string Name { get; set; }

    public string? Size { get; set; }

    /// <summary>True where the name stands beside it.</summary>
    public bool Decorative { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"avatar rounded-circle hue-{Hue(Name)}{(Size is null ? "" : $" avatar-{Size}")}");
        if (Decorative) output.Attributes.SetAttribute("aria-hidden", "true");
        else
        {
            output.Attributes.SetAttribute("title", Name);
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Name);
        }

        output.Content.SetContent(Initials(Name));
    }

    internal static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var letters = words.Length switch
        {
            0 => "?",
            1 => StringInfo.GetNextTextElement(words[0]),
            _ => StringInfo.GetNextTextElement(words[0]) + StringInfo.GetNextTextElement(words[^1]),
        };
        return letters.ToUpperInvariant();
    }

    private static int Hue(string name) => (int)(name.Aggregate(17u, (sum, letter) => (sum * 31) + letter) % Hues);
}

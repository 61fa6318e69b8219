using System.Globalization;
using AutomationCrm.Web.Localization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AutomationCrm.Web.TagHelpers;

/// <summary><c>&lt;time at="instant" show="relative|datetime|date|time"&gt;</c>: the person's time zone and culture, the exact instant in the markup.</summary>
[HtmlTargetElement("time", Attributes = "at")]
public sealed class TimeTagHelper(IUserFormat format) : TagHelper
{
    public DateTimeOffset At { get; set; }

    public string Show { get; set; } = "datetime";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        var text = Show switch
        {
            "relative" => format.Relative(At),
            "date" => format.Date(At),
            "time" => format.Time(At),
            _ => format.DateTime(At),
        };
        if (Show is "relative" or "date") output.Attributes.SetAttribute("title", format.DateTime(At));
        output.Content.SetContent(text);
    }
}

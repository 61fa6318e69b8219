using System.Globalization;
using System.Xml.Linq;
using AutomationCrm.Application.Documents.Filling;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>A picture inside an HTML paper: its content is in the file, nothing is loaded.</summary>
internal static class HtmlPicture
{
    public static XElement Of(PlacedPicture placed) => new(
        "img",
        new XAttribute("alt", ""),
        new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"width:{placed.Width:0.##}mm;height:{placed.Height:0.##}mm")),
        new XAttribute("src", $"data:{placed.Picture.MediaType};base64,{Convert.ToBase64String(placed.Picture.Content)}"));
}

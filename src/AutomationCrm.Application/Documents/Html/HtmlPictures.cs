using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using AutomationCrm.Application.Documents.Filling;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>The pictures of an HTML paper: their content is in the file, each once however often it is drawn, and nothing is loaded.</summary>
internal sealed class HtmlPictures
{
    private readonly Dictionary<Picture, List<XElement>> drawn = [];

    /// <summary>An element that <see cref="Finish"/> gives its picture.</summary>
    public XElement Draw(PlacedPicture placed)
    {
        var place = new XElement(
            "img",
            new XAttribute("alt", ""),
            new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"width:{placed.Width:0.##}mm;height:{placed.Height:0.##}mm")));
        if (!drawn.TryGetValue(placed.Picture, out var places)) drawn[placed.Picture] = places = [];
        places.Add(place);
        return place;
    }

    /// <summary>Comes when everything is drawn: only then it is known which pictures stand in several places.</summary>
    public void Finish()
    {
        foreach (var (picture, places) in drawn)
        {
            if (places is [var single]) single.Add(new XAttribute("src", Data(picture)));
            else Share(picture, places);
        }
    }

    // The first place holds the picture, the others draw it once more from there.
    private static void Share(Picture picture, List<XElement> places)
    {
        var id = $"picture-{Convert.ToHexStringLower(SHA256.HashData(picture.Content))}";
        var size = new[] { new XAttribute("width", picture.Width), new XAttribute("height", picture.Height) };
        foreach (var (n, place) in places.Index())
        {
            place.Name = "svg";
            place.ReplaceAttributes(
                new XAttribute("aria-hidden", "true"),
                place.Attribute("style"),
                new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {picture.Width} {picture.Height}")));
            place.Add(n == 0 ? new XElement("image", new XAttribute("id", id), size, new XAttribute("href", Data(picture))) : new XElement("use", new XAttribute("href", $"#{id}")));
        }
    }

    private static string Data(Picture picture) => $"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Content)}";
}

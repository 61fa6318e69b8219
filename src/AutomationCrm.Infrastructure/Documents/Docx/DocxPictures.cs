using System.Globalization;
using AutomationCrm.Application.Documents.Filling;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Packaging;
using Drawing = DocumentFormat.OpenXml.Wordprocessing.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Place = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>Puts pictures into a part of a Word file, each once however often it is drawn.</summary>
internal sealed class DocxPictures(OpenXmlPart part)
{
    private const double EmuPerMm = 36_000;
    private const string PictureFormat = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    // Above the numbers that Word gives in templates.
    private const uint FirstId = 1_000_000;

    private readonly Dictionary<Application.Documents.Filling.Picture, string> stored = [];
    private uint drawn;

    public Drawing Draw(PlacedPicture placed)
    {
        var (id, width, height) = (FirstId + drawn++, (long)(placed.Width * EmuPerMm), (long)(placed.Height * EmuPerMm));
        var name = $"Picture {id}";
        var picture = new Pic.Picture(
            new Pic.NonVisualPictureProperties(new Pic.NonVisualDrawingProperties { Id = id, Name = name }, new Pic.NonVisualPictureDrawingProperties()),
            new Pic.BlipFill(new Blip { Embed = Store(placed.Picture) }, new Stretch(new FillRectangle())),
            new Pic.ShapeProperties(new Transform2D(new Offset { X = 0, Y = 0 }, new Extents { Cx = width, Cy = height }), new PresetGeometry(new AdjustValueList()) { Preset = ShapeTypeValues.Rectangle }));
        return new(new Place.Inline(
            new Place.Extent { Cx = width, Cy = height },
            new Place.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new Place.DocProperties { Id = id, Name = name },
            new Place.NonVisualGraphicFrameDrawingProperties(new GraphicFrameLocks { NoChangeAspect = true }),
            new Graphic(new GraphicData(picture) { Uri = PictureFormat }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
    }

    private string Store(Application.Documents.Filling.Picture picture)
    {
        if (stored.TryGetValue(picture, out var known)) return known;

        var image = part.AddNewPart<ImagePart>(picture.MediaType, NewId());
        using var content = new MemoryStream(picture.Content, writable: false);
        image.FeedData(content);
        return stored[picture] = part.GetIdOfPart(image);
    }

    // A template may be a document that was filled here before.
    private string NewId()
    {
        for (var number = stored.Count + 1; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"picture{number}");
            if (part.Parts.All(p => p.RelationshipId != id)) return id;
        }
    }
}

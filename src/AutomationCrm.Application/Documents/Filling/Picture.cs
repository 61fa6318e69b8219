namespace AutomationCrm.Application.Documents.Filling;

/// <summary>A picture for a paper: PNG or JPEG, checked, with nothing in it but the picture.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Picture(byte[] Content, string MediaType, int Width, int Height)
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
}

/// <summary>A picture with its size on paper, in millimetres.</summary>
public sealed record PlacedPicture(Picture Picture, double Width, double Height)
{
    private const double TallestMm = 230;
    private const double QrCodeMm = 30;
    private const double MmPerPixel = 25.4 / 96;

    /// <summary>As wide as wanted, else as it is; never larger than a page, always in its proportions.</summary>
    public static PlacedPicture Of(Picture picture, PicturePlaceholder place)
    {
        var width = Math.Min(place.Millimetres ?? (place.IsQrCode ? QrCodeMm : picture.Width * MmPerPixel), PicturePlaceholder.Widest);
        var height = width * picture.Height / picture.Width;
        return height <= TallestMm ? new(picture, width, height) : new(picture, TallestMm * picture.Width / picture.Height, TallestMm);
    }
}

using System.Buffers.Binary;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>
/// What a picture may be (attack list A5): PNG or JPEG by its content, whatever its name says, of bounded size. Everything in the file that is not
/// the picture (texts, colour profiles, places, thumbnails) is left out: nothing hides there and nothing unfolds there.
/// </summary>
public static class PictureGate
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const int MostSide = 10_000;
    public const int MostPixels = 25_000_000;

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly string[] PngParts = ["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "pHYs", "IDAT", "IEND"];

    /// <param name="name">For the sentence that refuses it.</param>
    public static Picture Read(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length > MostBytes) throw Refused("picture.size", name, "it is larger than 5 MB.");
        if (file.AsSpan().StartsWith(PngStart)) return Png(file, name);
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg(file, name);
        throw Refused("picture.type", name, "it is neither PNG nor JPEG.");
    }

    private static Picture Png(byte[] file, string name)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(PngStart);
        var (size, data) = ((Width: 0, Height: 0), false);
        for (var at = PngStart.Length; ;)
        {
            if (at + 12 > file.Length) throw Broken(name);
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) throw Broken(name);

            var kind = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            var whole = (int)length + 12;
            if (at == PngStart.Length) size = kind == "IHDR" && length == 13 ? Sized(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 12)), name) : throw Broken(name);
            else if (kind == "IHDR") throw Broken(name);
            data |= kind == "IDAT";
            if (PngParts.Contains(kind)) kept.Write(file, at, whole);
            if (kind == "IEND") return data ? new(kept.ToArray(), Picture.Png, size.Width, size.Height) : throw Broken(name);
            at += whole;
        }
    }

    private static Picture Jpeg(byte[] file, string name)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write((ReadOnlySpan<byte>)[0xFF, 0xD8]);
        (int Width, int Height)? size = null;
        for (var at = 2; ;)
        {
            // Between two parts any number of fill bytes.
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF) at++;
            if (at + 4 > file.Length || file[at] != 0xFF) throw Broken(name);

            var (mark, length) = (file[at + 1], BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)));
            if (mark is 0xD8 or 0xD9 or 0x00 || length < 2 || at + 2 + length > file.Length) throw Broken(name);
            if (IsFrame(mark))
            {
                if (size is not null || length < 8) throw Broken(name);
                size = Sized(BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 5)), name);
            }

            if (mark == 0xDA)
            {
                // From here to the end mark is the picture itself; what follows it is no part of it.
                var end = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
                if (size is not { } known || end < at) throw Broken(name);
                kept.Write(file, at, end + 2 - at);
                return new(kept.ToArray(), Picture.Jpeg, known.Width, known.Height);
            }

            // JFIF and Adobe's mark say how colours are meant; other applications' parts are none of ours.
            if (mark is 0xE0 or 0xEE || mark is < 0xE0 or (> 0xEF and not 0xFE)) kept.Write(file, at, length + 2);
            at += length + 2;
        }
    }

    // Start of frame, but for the tables that share its numbers.
    private static bool IsFrame(byte mark) => mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (int Width, int Height) Sized(uint width, uint height, string name)
    {
        if (width == 0 || height == 0) throw Broken(name);
        if (width > MostSide || height > MostSide || width * (ulong)height > MostPixels) throw Refused("picture.size", name, $"it has {width} × {height} pixels; at most {MostPixels / 1_000_000} million and {MostSide} on a side are allowed.");
        return ((int)width, (int)height);
    }

    private static RuleBrokenException Broken(string name) => Refused("picture.broken", name, "the file is damaged.");

    private static RuleBrokenException Refused(string code, string name, string why) => new(code, $"The picture {(name.Length <= 80 ? name : name[..80])} cannot be used: {why}", "picture");
}

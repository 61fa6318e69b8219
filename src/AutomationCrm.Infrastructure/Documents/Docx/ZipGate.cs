using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>One entry of a package that has passed the gate.</summary>
internal sealed record ZipPart(string Name, byte[] Content);

/// <summary>
/// Opens a package that came from outside (attack list A5): few entries with honest, canonical names that do not overlap, and contents
/// counted while they are unpacked, because sizes in headers lie.
/// </summary>
internal static class ZipGate
{
    public const int MostEntries = 200;
    public const long MostUnpacked = 50L * 1024 * 1024;
    public const int MostRatio = 100;

    /// <summary>Small entries may pack better than the ratio without being a bomb.</summary>
    private const int RatioMatters = 256 * 1024;
    private const int EndLength = 22;
    private const int DirectoryLength = 46;
    private const int LocalLength = 30;

    public static IReadOnlyList<ZipPart> Read(byte[] file)
    {
        CheckDirectory(file);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            var (parts, left) = (new List<ZipPart>(zip.Entries.Count), MostUnpacked);
            foreach (var entry in zip.Entries)
            {
                var content = Unpack(entry, left);
                left -= content.Length;
                parts.Add(new(entry.FullName, content));
            }

            return parts;
        }
        catch (InvalidDataException)
        {
            throw Refused("docx.broken", "it is not a readable .docx file.");
        }
    }

    public static RuleBrokenException Refused(string code, string reason) => new(code, $"The template is refused: {reason}", "file");

    private static byte[] Unpack(ZipArchiveEntry entry, long left)
    {
        using var stream = entry.Open();
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            unpacked.Write(buffer, 0, count);
            if (unpacked.Length > left) throw Refused("docx.bomb", "it unpacks to more than 50 MB.");
            if (unpacked.Length > RatioMatters && unpacked.Length > entry.CompressedLength * MostRatio) throw Refused("docx.bomb", $"{Short(entry.FullName)} is packed more than {MostRatio} times smaller than it is.");
        }

        return unpacked.ToArray();
    }

    /// <summary>Walks the central directory by hand: the reader of the framework believes it.</summary>
    private static void CheckDirectory(byte[] file)
    {
        if (!file.AsSpan().StartsWith("PK\u0003\u0004"u8)) throw Refused("docx.broken", "it is not a .docx file.");
        var end = FindEnd(file);
        var (count, size, start) = (Two(file, end + 10), Four(file, end + 12), Four(file, end + 16));
        if (Two(file, end + 4) != 0 || Two(file, end + 8) != count || count == 0xFFFF || start == uint.MaxValue) throw Refused("docx.broken", "its table of contents is not the one of a plain .docx file.");
        if (count > MostEntries) throw Refused("docx.entries", $"it has more than {MostEntries} parts.");
        if (start + (long)size > end) throw Refused("docx.broken", "its table of contents is damaged.");

        var (at, names, places) = ((long)start, new HashSet<string>(StringComparer.OrdinalIgnoreCase), new List<(long From, long To)>());
        for (var i = 0; i < count; i++)
        {
            if (at + DirectoryLength > end || Four(file, at) != 0x02014B50) throw Refused("docx.broken", "its table of contents is damaged.");
            var nameLength = Two(file, at + 28);
            if (at + DirectoryLength + nameLength > end) throw Refused("docx.broken", "its table of contents is damaged.");
            var name = Encoding.UTF8.GetString(file, (int)at + DirectoryLength, nameLength);
            CheckEntry(file, at, name);
            if (!names.Add(name)) throw Refused("docx.names", $"it has two parts named {Short(name)}.");
            places.Add(PlaceOf(file, at, start));
            at += DirectoryLength + nameLength + Two(file, at + 30) + Two(file, at + 32);
        }

        places.Sort();
        for (var i = 1; i < places.Count; i++)
            if (places[i].From < places[i - 1].To) throw Refused("docx.overlap", "its parts overlap.");
    }

    private static void CheckEntry(byte[] file, long at, string name)
    {
        if ((Two(file, at + 8) & 1) != 0) throw Refused("docx.encrypted", "it is protected with a password.");
        if (Two(file, at + 10) is not (0 or 8)) throw Refused("docx.broken", $"{Short(name)} is packed in an unusual way.");
        var canonical = name.Length is > 0 and <= 255 && !name.StartsWith('/') && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
            && !name.Contains("//", StringComparison.Ordinal) && !name.Any(char.IsControl) && name.Split('/').All(s => s is not ("." or ".."));
        if (!canonical) throw Refused("docx.names", $"the name of a part leads out of the file: {Short(name)}.");
        if (name.EndsWith('/')) throw Refused("docx.names", $"it has a folder as a part: {Short(name)}.");
    }

    private static (long From, long To) PlaceOf(byte[] file, long at, long directory)
    {
        var (packed, local) = (Four(file, at + 20), (long)Four(file, at + 42));
        if (local + LocalLength > directory || Four(file, local) != 0x04034B50) throw Refused("docx.broken", "its table of contents is damaged.");
        var to = local + LocalLength + Two(file, local + 26) + Two(file, local + 28) + packed;
        if (to > directory) throw Refused("docx.overlap", "its parts overlap.");
        return (local, to);
    }

    private static int FindEnd(byte[] file)
    {
        for (var i = file.Length - EndLength; i >= Math.Max(0, file.Length - EndLength - ushort.MaxValue); i--)
            if (Four(file, i) == 0x06054B50 && i + EndLength + Two(file, i + 20) == file.Length) return i;
        throw Refused("docx.broken", "it is not a complete .docx file.");
    }

    private static int Two(byte[] file, long at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)at, 2));

    private static uint Four(byte[] file, long at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at, 4));

    private static string Short(string name)
    {
        var shown = new string([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);
        return $"\"{shown}\"";
    }
}

using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>Brings the pictures of a paper: files of its own item, whatever id a value gives, and QR codes drawn for it.</summary>
internal sealed class PictureReader(CrmDbContext db, IFileStore files, IQrCodes codes)
{
    private const int MostFiles = 50;
    private const int MostCodes = 1_000;
    private const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Without an entry where nothing is to be shown.</summary>
    public async Task<IReadOnlyDictionary<PicturePlace, PlacedPicture>> ReadAsync(IEnumerable<string> placeholders, PaperFiller filler, PaperData data, CancellationToken ct)
    {
        var (found, read) = (new Dictionary<PicturePlace, PlacedPicture>(), new Dictionary<(bool IsQrCode, string Text), Picture>());
        foreach (var place in placeholders.Distinct(StringComparer.Ordinal).Select(PicturePlaceholder.Parse).OfType<PicturePlaceholder>())
        {
            if (place.IsTooLarge) throw new RuleBrokenException("picture.width", $"{place.Text}: a picture is {PicturePlaceholder.Narrowest} to {PicturePlaceholder.Widest} mm wide.", "template");

            foreach (var one in place.IsOfRow ? [filler, .. filler.Rows] : (IEnumerable<PaperFiller>)[filler])
            {
                if (TextOf(place, one, data) is not { } text) continue;
                if (!read.TryGetValue((place.IsQrCode, text), out var picture))
                {
                    read.Add((place.IsQrCode, text), picture = await OneAsync(place, text, data, ct));
                    Limit(read);
                }

                found[new(place.Text, one.Row)] = PlacedPicture.Of(picture, place);
            }
        }

        return found;
    }

    private static void Limit(Dictionary<(bool IsQrCode, string Text), Picture> read)
    {
        var codes = read.Keys.Count(k => k.IsQrCode);
        if (read.Count - codes > MostFiles || codes > MostCodes || read.Values.Sum(p => p.Content.Length) > MostBytes)
            throw new RuleBrokenException("picture.many", $"A document takes at most {MostFiles} pictures and {MostCodes} QR codes of 20 MB altogether.", "template");
    }

    /// <summary>What the picture is of; null where there is none.</summary>
    private static string? TextOf(PicturePlaceholder place, PaperFiller filler, PaperData data)
    {
        var text = place.FileName ?? filler.Fill(place.Inner).Trim();
        if (text.Length == 0 || (data.IsTest && text.StartsWith('['))) return null;
        // All products together may be too much for a picture, and the template may not even show it.
        return place.IsOfRow && filler.Row is null && (!place.IsQrCode || text.Length > IQrCodes.LongestText) ? null : text;
    }

    private async Task<Picture> OneAsync(PicturePlaceholder place, string text, PaperData data, CancellationToken ct)
    {
        if (!place.IsQrCode) return PictureGate.Read(await FileAsync(place, text, data.Item.Ref, ct), text);
        return text.Length <= IQrCodes.LongestText
            ? PictureGate.Read(codes.Png(text), place.Text)
            : throw new RuleBrokenException("picture.qr", $"{place.Text}: a QR code holds at most {IQrCodes.LongestText} characters.", "template");
    }

    // Only files of the item itself: a value must not show on paper what nobody put there.
    private async Task<byte[]> FileAsync(PicturePlaceholder place, string text, ItemRef item, CancellationToken ct)
    {
        var own = db.ItemFiles.AsNoTracking().Where(f => f.TypeId == item.TypeId && f.ItemId == item.Id);
        var file = place.FileName is not null ? await own.Where(f => f.Name == text).OrderByDescending(f => f.At).FirstOrDefaultAsync(ct)
            : FileIdIn(text) is { } id ? await own.FirstOrDefaultAsync(f => f.FileId == id, ct)
            : null;
        if (file is null) throw new RuleBrokenException("picture.unknown", $"{place.Text}: there is no such picture among the files of the item.", "template");
        if (file.Size > PictureGate.MostBytes) throw new RuleBrokenException("picture.size", $"The picture {file.Name} cannot be used: it is larger than 5 MB.", "picture");
        return await files.ReadAsync(file.FileId, ct) ?? throw new RuleBrokenException("picture.unknown", $"{place.Text}: the file is gone.", "template");
    }

    // The id itself, or the address under which people of the portal see the file.
    private static Guid? FileIdIn(string text) =>
        Guid.TryParse(text[(text.LastIndexOf('/') + 1)..], out var id) ? id : null;
}

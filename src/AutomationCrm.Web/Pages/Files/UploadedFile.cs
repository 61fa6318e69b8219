using AutomationCrm.Application.Files;

namespace AutomationCrm.Web.Pages.Files;

/// <summary>What a form sent as a file, in memory; its size is limited by the page.</summary>
internal static class UploadedFile
{
    /// <summary>A file of the greatest size and what the form adds.</summary>
    public const long MostBytes = StoredFile.MostBytes + (256 * 1024);

    public static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null) return [];

        using var content = new MemoryStream((int)Math.Min(file.Length, StoredFile.MostBytes));
        await file.CopyToAsync(content, ct);
        return content.ToArray();
    }
}

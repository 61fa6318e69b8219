using System.Text;
using AutomationCrm.Web.Rest.Protocol.Tree;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AutomationCrm.Web.Rest.Protocol.Reading;

/// <summary>Reads multipart/form-data; an uploaded file becomes <c>[name, base64]</c>, the shape of a file field.</summary>
internal static class MultipartTreeReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<RestMap> ParseAsync(byte[] body, MediaTypeHeaderValue type, RestLimits limits, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200) throw RestTreeGuard.Malformed("The multipart body has no usable boundary.");
        try
        {
            return await ReadSectionsAsync(body, boundary, limits, ct);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or DecoderFallbackException or ArgumentException)
        {
            throw RestTreeGuard.Malformed("The multipart body is not valid.");
        }
    }

    private static async Task<RestMap> ReadSectionsAsync(byte[] body, string boundary, RestLimits limits, CancellationToken ct)
    {
        using var stream = new MemoryStream(body, writable: false);
        var reader = new MultipartReader(boundary, stream);
        var tree = new BracketReader(new RestTreeGuard(limits));
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
            if (string.IsNullOrEmpty(name)) continue;
            tree.Add(name, await ReadSectionAsync(section.Body, disposition, ct));
        }

        return tree.Finish();
    }

    private static async Task<RestValue> ReadSectionAsync(Stream section, ContentDispositionHeaderValue disposition, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await section.CopyToAsync(content, ct);
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        var file = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return file is null
            ? RestValue.Of(RestTreeGuard.Clean(StrictUtf8.GetString(bytes)))
            : RestValue.List([RestTreeGuard.Clean(file), Convert.ToBase64String(bytes)]);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>
/// A placeholder that stands for a picture: <c>{=Picture:Value:Logo}</c> of a file id that a path gives, <c>{=Picture:File:logo.png}</c> of a file of
/// the item by its name, <c>{=QrCode:Document:ID}</c> of a text that a path gives; with <c>@40</c> behind it, 40 mm wide.
/// </summary>
/// <param name="Path">What gives the file or the text.</param>
/// <param name="Millimetres">The wanted width; null: as it is, but not wider than the page allows.</param>
public sealed partial record PicturePlaceholder(string Text, bool IsQrCode, string Path, int? Millimetres)
{
    public const int Narrowest = 5;
    public const int Widest = 170;

    private const string OfFile = "File:";

    /// <summary>The name of a file of the item; null when a path gives the picture.</summary>
    public string? FileName => !IsQrCode && Path.StartsWith(OfFile, StringComparison.OrdinalIgnoreCase) ? Path[OfFile.Length..].Trim() : null;

    /// <summary>The placeholder of the path alone.</summary>
    public string Inner => $"{{={Path}}}";

    /// <summary>Whether the path names a product: in a repeated row the picture is that row's, elsewhere one of all rows together.</summary>
    public bool IsOfRow => FileName is null && Template.Parse(Inner).References.Any(PaperPaths.IsOfRow);

    public bool IsTooLarge => Millimetres is < Narrowest or > Widest;

    /// <summary>Null when the placeholder stands for text.</summary>
    public static PicturePlaceholder? Parse(string placeholder)
    {
        var match = Form().Match(placeholder);
        if (!match.Success) return null;

        var size = match.Groups["size"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : (int?)null;
        return new(placeholder, match.Groups["kind"].Value.Equals("QrCode", StringComparison.OrdinalIgnoreCase), match.Groups["path"].Value.Trim(), size);
    }

    [GeneratedRegex(@"\A\{=\s*(?<kind>Picture|QrCode)\s*:\s*(?<path>[^{}@]+?)\s*(@\s*(?<size>[0-9]{1,4})\s*)?\}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

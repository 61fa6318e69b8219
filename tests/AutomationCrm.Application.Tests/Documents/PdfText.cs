using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>Reads as much of a PDF as Chromium writes: pages, and the texts with the characters its fonts say they show.</summary>
internal sealed partial class PdfText
{
    private readonly Dictionary<int, (string Head, byte[]? Stream)> objects = [];

    private PdfText(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        foreach (Match match in Objects().Matches(text))
        {
            var body = match.Groups["body"];
            var stream = body.Value.IndexOf("stream", StringComparison.Ordinal);
            var head = stream < 0 ? body.Value : body.Value[..stream];
            objects[int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture)] = (head, stream < 0 ? null : Unpack(head, body.Value[(stream + 6)..].TrimStart('\r', '\n')));
        }

        Pages = objects.Values.Count(o => Page().IsMatch(o.Head));
        Text = string.Concat(objects.Values.Where(o => Page().IsMatch(o.Head)).Select(p => Read(p.Head)));
    }

    public int Pages { get; }

    /// <summary>All texts in the order of drawing.</summary>
    public string Text { get; }

    public static PdfText Of(byte[] pdf) => new(pdf);

    private string Read(string page)
    {
        var content = Encoding.Latin1.GetString(objects[Reference(page, "Contents")].Stream!);
        var (shown, map) = (new StringBuilder(), new Dictionary<int, string>());
        foreach (Match token in Drawing().Matches(content))
        {
            if (token.Groups["font"].Success) map = Characters(int.Parse(token.Groups["font"].Value, CultureInfo.InvariantCulture));
            else if (token.Groups["text"].Success) shown.Append(string.Concat(Chunk(token.Groups["text"].Value).Select(code => map.GetValueOrDefault(code, "?"))));
            else shown.Append(' ');
        }

        return shown.ToString();
    }

    private Dictionary<int, string> Characters(int font)
    {
        var map = new Dictionary<int, string>();
        if (!objects.TryGetValue(font, out var found) || !found.Head.Contains("/ToUnicode", StringComparison.Ordinal)) return map;

        var cmap = Encoding.Latin1.GetString(objects[Reference(found.Head, "ToUnicode")].Stream!);
        foreach (Match section in Sections().Matches(cmap))
        {
            var lines = section.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var codes in lines.Select(l => Hexes().Matches(l).Select(m => m.Groups["hex"].Value).ToList()))
            {
                if (codes.Count == 2) map[Number(codes[0])] = Characters(codes[1]);
                else if (codes.Count == 3)
                    for (var i = Number(codes[0]); i <= Number(codes[1]); i++) map[i] = ((char)(Number(codes[2]) + i - Number(codes[0]))).ToString();
            }
        }

        return map;
    }

    private static string Characters(string hex) => string.Concat(Chunk(hex).Select(c => (char)c));

    private static IEnumerable<int> Chunk(string hex) => Enumerable.Range(0, hex.Length / 4).Select(i => Number(hex.Substring(i * 4, 4)));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int Reference(string head, string name) => int.Parse(Regex.Match(head, $@"/{name} (\d+) 0 R", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, CultureInfo.InvariantCulture);

    private static byte[] Unpack(string head, string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        if (!head.Contains("/FlateDecode", StringComparison.Ordinal)) return bytes;

        using var unpacked = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        zlib.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    [GeneratedRegex(@"(?<id>\d+) 0 obj\s(?<body>.*?)endobj", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.None, 1_000)]
    private static partial Regex Page();

    [GeneratedRegex(@"/F(?<font>\d+) [\d.]+ Tf|<(?<text>[0-9A-Fa-f]+)>|\bET\b", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Drawing();

    [GeneratedRegex(@"beginbf(char|range)\n(?<lines>.*?)endbf", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Sections();

    [GeneratedRegex("<(?<hex>[0-9A-Fa-f]+)>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hexes();
}

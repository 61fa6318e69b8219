using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Calls and their answers as text, with everything that differs from run to run replaced.</summary>
internal sealed partial class Transcript(AppRestHost host)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public async Task<JsonElement> CallAsync(string method, string body = "{}", TestWebhook? hook = null)
    {
        var answer = await host.CallAsync(method, body, hook);
        _text.Append($"{method} {body}\n{(int)answer.Status} {Stable(answer.Body)}\n\n");
        return answer.Json.TryGetProperty("result", out var result) ? result : default;
    }

    public void Note(string title, IEnumerable<string> lines) => _text.Append($"{title}\n{string.Join('\n', lines)}\n\n");

    private static string Stable(string body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        // Mandatory on success: clients fail without it.
        if (json.ContainsKey("result")) json["time"] = json["time"]!.AsObject().Count == 8 ? "{time}" : throw new InvalidOperationException(body);
        if (json["result"] is JsonObject batch && batch.ContainsKey("result_time")) batch["result_time"] = "{times}";
        var text = json.ToJsonString(Readable).ReplaceLineEndings("\n");
        text = Moments().Replace(text, "{moment}");
        return Guids().Replace(text, "{uuid}");
    }

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT(?!00:00:00)\d\d:\d\d:\d\d\+00:00", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Moments();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Guids();
}

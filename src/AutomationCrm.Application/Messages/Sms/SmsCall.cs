using System.Globalization;
using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Ports;

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>Turns a text message into the HTTP call its provider wants, and the answer into success, id and error.</summary>
public static class SmsCall
{
    private const int KeptBytes = 4 * 1024;

    public static OutboundRequest Build(SmsProvider provider, string secret, string to, string text, Guid id)
    {
        var values = new (string Name, string Value)[] { ("{to}", to), ("{text}", text), ("{id}", id.ToString("D")), ("{from}", provider.Sender), ("{account}", provider.Account), ("{secret}", secret) };
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(provider.Headers) ?? [];
        foreach (var name in headers.Keys.ToList()) headers[name] = Fill(headers[name], values, plain => plain);
        if (provider.Auth == "basic") headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{provider.Account}:{secret}"));
        else if (provider.Auth == "bearer") headers["Authorization"] = "Bearer " + secret;
        return new(provider.Method, Fill(provider.Url, values, Uri.EscapeDataString))
        {
            Headers = headers,
            ContentType = provider.ContentType,
            Body = provider.Method == "GET" ? null : Encoding.UTF8.GetBytes(Fill(provider.Body, values, EncoderOf(provider.ContentType))),
        };
    }

    /// <summary>Null: it worked, with the provider's id; otherwise why it did not.</summary>
    public static (string? Error, string Id) Judge(SmsProvider provider, OutboundAnswer answer)
    {
        using var json = Parse(answer.Body);
        var said = json is null || provider.ErrorPath.Length == 0 ? null : AnswerPath.Find(json.RootElement, provider.ErrorPath);
        if (answer.Status is < 200 or >= 300) return (string.Create(CultureInfo.InvariantCulture, $"Answered {answer.Status}.{(said is null ? "" : " " + said)}"), "");

        var id = json is null || provider.IdPath.Length == 0 ? "" : AnswerPath.Find(json.RootElement, provider.IdPath) ?? "";
        if (provider.SuccessPath.Length == 0) return (null, id);

        var found = json is null ? null : AnswerPath.Find(json.RootElement, provider.SuccessPath);
        var worked = provider.SuccessValue.Length == 0 ? !string.IsNullOrEmpty(found) : string.Equals(found, provider.SuccessValue, StringComparison.OrdinalIgnoreCase);
        return worked ? (null, id) : (said ?? $"The answer does not say that it worked ({provider.SuccessPath}).", id);
    }

    /// <summary>The beginning of an answer, for the outbox.</summary>
    public static string Kept(OutboundAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(KeptBytes, answer.Body.Length)]);

    /// <summary>One pass: what a value brings along is never filled again.</summary>
    private static string Fill(string template, IReadOnlyList<(string Name, string Value)> values, Func<string, string> encode)
    {
        var text = new StringBuilder(template.Length + 64);
        for (var i = 0; i < template.Length; i++)
        {
            var hit = template[i] == '{' ? values.FirstOrDefault(v => template.AsSpan(i).StartsWith(v.Name, StringComparison.Ordinal)) : default;
            if (hit.Name is null) text.Append(template[i]);
            else
            {
                text.Append(encode(hit.Value));
                i += hit.Name.Length - 1;
            }
        }

        return text.ToString();
    }

    private static Func<string, string> EncoderOf(string type) =>
        type.Contains("json", StringComparison.OrdinalIgnoreCase) ? text => JsonEncodedText.Encode(text).ToString()
        : type.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString
        : type.Contains("xml", StringComparison.OrdinalIgnoreCase) ? System.Net.WebUtility.HtmlEncode! : text => text;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new() { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A path into an answer: names and places, such as <c>messages[0].id</c>.</summary>
public static class AnswerPath
{
    /// <summary>The text of what stands there; null when nothing does.</summary>
    public static string? Find(JsonElement root, string path)
    {
        var here = root;
        foreach (var step in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            if (step.EndsWith(']'))
            {
                if (here.ValueKind != JsonValueKind.Array || !int.TryParse(step[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= here.GetArrayLength()) return null;
                here = here[index];
            }
            else if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(step, out here))
            {
                return null;
            }
        }

        return here.ValueKind switch { JsonValueKind.Null or JsonValueKind.Undefined => null, JsonValueKind.String => here.GetString(), _ => here.GetRawText() };
    }
}

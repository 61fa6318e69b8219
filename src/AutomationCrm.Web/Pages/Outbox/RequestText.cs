using System.Text.Json;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Outbox;

/// <summary>What is sent, as people read it: mails, text messages and chats by their parts, everything else as it is.</summary>
public sealed class RequestText(IStringLocalizer<Texts> texts)
{
    /// <summary>By kind of effect, the parts that are worth reading, in order.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["mail"] = ["to", "from", "replyTo", "subject", "text", "files"],
        ["sms"] = ["provider", "to", "text"],
        ["chat"] = ["chat", "text"],
    };

    /// <summary>Names in the reader's language with texts; null when the kind has no such form.</summary>
    public IReadOnlyList<(string Name, string Text)>? Parts(string kind, string request)
    {
        if (!Known.TryGetValue(kind, out var names)) return null;

        using var json = JsonDocument.Parse(request);
        var parts = new List<(string, string)>();
        foreach (var name in names)
        {
            if (!json.RootElement.TryGetProperty(name, out var value)) continue;
            var text = value.ValueKind switch
            {
                JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => v.ToString())),
                JsonValueKind.Null => "",
                _ => value.ToString(),
            };
            if (text.Length > 0) parts.Add((texts[$"outbox.part.{Key(name)}"], text));
        }

        return parts;
    }

    private static string Key(string name) => name == "replyTo" ? "reply_to" : name;

    /// <summary>What a delivery waits for; null when nothing is missing.</summary>
    public string? Held(string? code) => code is null ? null : texts[$"delivery.held.{code}"].Value;
}

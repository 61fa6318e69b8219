using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>What robots and triggers name by a constant and is not there: document templates, SMS providers, chats, scripts, forms.</summary>
internal sealed class NamedThingsInspector(NamedThings things, RobotCatalogue robots, TriggerCatalogue triggers) : IAutomationInspector
{
    public async Task<IReadOnlyList<InspectorFinding>> InspectAsync(int typeId, StageAutomationConfig config, CancellationToken ct)
    {
        var named = config.Robots.SelectMany(r => Named(r.Key, r.Settings, robots.Find(r.Type)?.Descriptor.Settings, isTrigger: false))
            .Concat(config.Triggers.SelectMany(t => Named(t.Key, t.Settings, triggers.Find(t.Type)?.Descriptor.Settings, isTrigger: true))).ToList();
        var findings = new List<InspectorFinding>();
        foreach (var kind in named.GroupBy(n => n.Kind))
        {
            var known = await things.OfAsync(kind.Key, ct);
            findings.AddRange(kind.Where(n => !known.Any(k => k.Code.Equals(n.Code, StringComparison.OrdinalIgnoreCase))).Select(Finding));
        }

        return findings;
    }

    private static InspectorFinding Finding(Name name)
    {
        var (code, what) = name.Kind switch
        {
            FieldKind.SmsProvider => ("sms.unknown", "SMS provider"),
            FieldKind.ChatChannel => ("chat.unknown", "chat"),
            FieldKind.Script => ("script.unknown", "script"),
            FieldKind.WebForm => ("form.unknown", "form"),
            _ => ("template.unknown", "document template"),
        };
        return new(name.Key, name.Setting, true, code, $"There is no {what} \"{name.Code}\".") { IsTrigger = name.IsTrigger };
    }

    private static IEnumerable<Name> Named(string key, JsonElement settings, IReadOnlyList<Field>? fields, bool isTrigger)
    {
        if (settings.ValueKind != JsonValueKind.Object) yield break;

        foreach (var field in fields?.Where(f => NamedThings.Knows(f.Kind)) ?? [])
            if (settings.TryGetProperty(field.Code, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString().Trim() is { Length: > 0 } code && !code.Contains('{'))
                yield return new(field.Kind, key, field.Code, code, isTrigger);
    }

    private sealed record Name(FieldKind Kind, string Key, string Setting, string Code, bool IsTrigger);
}

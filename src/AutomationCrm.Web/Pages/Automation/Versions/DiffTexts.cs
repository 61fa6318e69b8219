using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Automation.Editor;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Versions;

/// <summary>What changed between two versions, in plain words.</summary>
public sealed class DiffTexts(IStringLocalizer<Texts> texts, RobotTexts robots, RobotCatalogue catalogue, FieldTitles titles, IPortal portal, IUserFormat format)
{
    public string Kind(DiffEntry entry) => texts[$"diff.{entry.Kind.ToString().ToLowerInvariant()}"];

    public static string Tone(DiffEntry entry) => entry.Kind switch { DiffKind.Added => "success", DiffKind.Removed => "danger", DiffKind.Moved => "primary", _ => "warning" };

    public static string Icon(DiffEntry entry) => entry.Kind switch { DiffKind.Added => "plus", DiffKind.Removed => "trash", DiffKind.Moved => "arrows-sort", _ => "edit" };

    /// <summary>The part's title, and old and new as people read them.</summary>
    /// <param name="known">All robots of both versions, for the names of earlier results.</param>
    public FieldChange Change(DiffEntry? entry, PartChange change, int typeId, IReadOnlyList<RobotConfig> known) =>
        new(Title(entry, change.Part), Show(entry, change.Part, change.Old, typeId, known), Show(entry, change.Part, change.New, typeId, known));

    private string Title(DiffEntry? entry, string part) =>
        part.StartsWith("settings.", StringComparison.Ordinal) ? entry is null ? part : robots.Setting(entry.Type, part["settings.".Length..])
        : texts[$"diff.part.{ProblemTexts.Snake(part)}"] is { ResourceNotFound: false } title ? title.Value : part;

    private string Show(DiffEntry? entry, string part, JsonElement? value, int typeId, IReadOnlyList<RobotConfig> known)
    {
        if (value is not { } json || json.ValueKind == JsonValueKind.Null) return part is "delay" ? texts["diff.at_once"] : part is "condition" ? texts["diff.always"] : part is "onError" ? texts["diff.error_ask"] : "";
        if (part.StartsWith("settings.", StringComparison.Ordinal)) return Setting(catalogue.Find(entry?.Type ?? "")?.Descriptor.Settings.FirstOrDefault(f => f.Code == part["settings.".Length..]), json, typeId);

        return part switch
        {
            "delay" => json.Deserialize<DelayConfig>(StageAutomation.Json) is { } delay ? robots.Delay(delay, typeId) : "",
            "condition" => robots.Sentence(json, typeId, known) ?? texts["diff.always"],
            "onError" => robots.OnError(json.Deserialize<OnErrorConfig>(StageAutomation.Json)) ?? texts["diff.error_ask"],
            "type" => robots.Name(Plain(json)),
            _ => Plain(json),
        };
    }

    private string Setting(Field? field, JsonElement json, int typeId) => field?.Kind switch
    {
        FieldKind.User => string.Join(", ", Many(json).Select(Person)),
        FieldKind.Duration when IsoSpan.Parse(Plain(json)) is { } span => format.Duration(span.Length),
        FieldKind.Stage => portal.Current.Stage(typeId, Plain(json))?.Name ?? Plain(json),
        FieldKind.FieldValues when json.ValueKind == JsonValueKind.Object => string.Join("; ", json.EnumerateObject().Select(p => texts["automation.cause_effect", FieldTitle(p.Name, typeId), Plain(p.Value)].Value)),
        _ => Plain(json),
    };

    private string FieldTitle(string code, int typeId) => portal.Current.Type(typeId)?.Fields.FindByAnyName(code) is { } field ? titles.Of(field) : code;

    private string Person(string text) => ValueReader.TryUser(text) is { } id && portal.Current.PersonName(id) is { Length: > 0 } name ? name : text;

    private string Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String when json.GetString() is "Y" or "N" => texts[json.GetString() == "Y" ? "value.yes" : "value.no"],
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => texts["value.yes"],
        JsonValueKind.False => texts["value.no"],
        JsonValueKind.Array => string.Join(", ", Many(json)),
        JsonValueKind.Object => string.Join("; ", json.EnumerateObject().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}: {Plain(p.Value)}"))),
        _ => json.GetRawText(),
    };

    private static IEnumerable<string> Many(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Many),
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Null => [],
        _ => [json.GetRawText()],
    };
}

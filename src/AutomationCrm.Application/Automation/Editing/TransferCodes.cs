using System.Globalization;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>People and stages of one portal in a form that another portal understands: <c>person:ada</c>, <c>stage:NEW</c>.</summary>
internal sealed class TransferCodes(PortalSnapshot portal, RobotCatalogue robots)
{
    public const string Format = "automationcrm.automation/1";
    public const string Stage = "stage:";
    public const string Person = "person:";

    private const string UserPrefix = "user_";

    private static readonly FieldKind[] StageKinds = [FieldKind.Stage, FieldKind.AnyStage];

    /// <summary>Names of the people that were met, by code.</summary>
    public Dictionary<string, string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Without the pipeline's part: NEW, also for <c>C1:NEW</c> and <c>DT31_1:N</c>.</summary>
    public static string StageCode(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static string PersonCode(Person person) => person.Login is { Length: > 0 } login ? login : person.Id.ToString(CultureInfo.InvariantCulture);

    public JsonNode Out(JsonObject config)
    {
        foreach (var robot in (config["robots"] as JsonArray ?? []).OfType<JsonObject>())
        {
            robot.Remove("disabled");
            var descriptor = robots.Find(robot["type"]?.GetValue<string>() ?? "")?.Descriptor;
            foreach (var field in descriptor?.Settings ?? [])
            {
                if (robot["settings"]?[field.Code] is not { } value) continue;
                if (field.Kind == FieldKind.User) robot["settings"]![field.Code] = ConfigJson.Map(value, text => text.All(char.IsAsciiDigit) ? ToPerson(text) : text);
                else if (StageKinds.Contains(field.Kind)) robot["settings"]![field.Code] = ConfigJson.Map(value, text => text.Length == 0 || text.Contains('{') ? text : Stage + StageCode(text));
            }
        }

        return ConfigJson.Map(config, text => text.StartsWith(UserPrefix, StringComparison.Ordinal) ? ToPerson(text[UserPrefix.Length..]) : text)!;
    }

    /// <summary>Names that robots and triggers of a file use.</summary>
    public static IEnumerable<string> NamedIn(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => NamedIn(p.Value)).Distinct(StringComparer.Ordinal),
        JsonArray list => list.SelectMany(NamedIn).Distinct(StringComparer.Ordinal),
        JsonValue value when value.TryGetValue<string>(out var text) && (text.StartsWith(Stage, StringComparison.Ordinal) || text.StartsWith(Person, StringComparison.Ordinal)) => [text],
        _ => [],
    };

    public static JsonObject In(JsonObject automation, IReadOnlyDictionary<string, string> targets) =>
        ConfigJson.Map(automation, text => !targets.TryGetValue(text, out var target) ? text : text.StartsWith(Person, StringComparison.Ordinal) ? UserPrefix + target : target)!.AsObject();

    private string ToPerson(string id)
    {
        if (!long.TryParse(id, CultureInfo.InvariantCulture, out var number) || !portal.People.TryGetValue(number, out var person)) return UserPrefix + id;

        Used[PersonCode(person)] = person.FullName;
        return Person + PersonCode(person);
    }
}

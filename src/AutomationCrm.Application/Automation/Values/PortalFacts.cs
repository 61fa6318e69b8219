using System.Globalization;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>Names, zones and rates of the portal for expressions.</summary>
internal sealed class PortalFacts(PortalSnapshot portal, ItemType type) : IHostFacts
{
    public string? Show(string? path, Value value, string form) => form is not ("printable" or "friendly") ? null : value switch
    {
        UserValue user when portal.PersonName(user.Id) is { Length: > 0 } name => form == "friendly" ? name : string.Create(CultureInfo.InvariantCulture, $"{name} [{user.Id}]"),
        TextValue text when FieldOf(path) is { Kind: FieldKind.Stage } => portal.Stage(type.Id, text.Text)?.Name,
        NumberValue number when FieldOf(path) is { Kind: FieldKind.Pipeline } => portal.Pipeline(type.Id, (int)number.Number)?.Name,
        ContactPointValue point => point.Text,
        _ => null,
    };

    public TimeZoneInfo? ZoneOf(long userId) =>
        portal.People.TryGetValue(userId, out var person) && TimeZoneInfo.TryFindSystemTimeZoneById(person.TimeZone, out var zone) ? zone : null;

    public decimal? Rate(string from, string to) =>
        portal.Rates.TryGetValue(from, out var one) && portal.Rates.TryGetValue(to, out var other) && other > 0 ? one / other : null;

    private Field? FieldOf(string? path) => path is not null && FieldPath.OwnField(path) is { } name ? type.Fields.FindByAnyName(name) : null;
}

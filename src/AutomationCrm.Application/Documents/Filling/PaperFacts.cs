using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>Names for people on paper: persons, linked items, stages, and the portal's rates.</summary>
internal sealed class PaperFacts(PaperData data) : IHostFacts
{
    public string? Show(string? path, Value value, string form) => value switch
    {
        UserValue user => data.Portal.PersonName(user.Id),
        ItemValue reference => data.Linked.TryGetValue(new(reference.TypeId, reference.Id), out var linked) ? linked.Title : "",
        TextValue text when FieldOf(path) is { Kind: FieldKind.Stage } => data.Portal.Stage(data.Item.Ref.TypeId, text.Text)?.Name ?? text.Text,
        _ => null,
    };

    public TimeZoneInfo? ZoneOf(long userId) =>
        data.Portal.People.TryGetValue(userId, out var person) && TimeZoneInfo.TryFindSystemTimeZoneById(person.TimeZone, out var zone) ? zone : null;

    public decimal? Rate(string from, string to) =>
        data.Portal.Rates.TryGetValue(from, out var worth) && data.Portal.Rates.TryGetValue(to, out var unit) && unit != 0 ? worth / unit : null;

    private Field? FieldOf(string? path) =>
        path is not null && PaperPaths.Split(path) is var (root, name) && PaperPaths.IsRoot(root, PaperPaths.Item) ? PaperPaths.FieldOf(data.Item.Type, name) : null;
}

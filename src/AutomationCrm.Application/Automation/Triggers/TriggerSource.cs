using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>What a trigger's condition sees: the item after the event, what changed, and the facts of the event.</summary>
internal sealed class TriggerSource(Item item, TriggerEvent happened) : IValueSource, IChanges
{
    public const string Facts = "Template:";

    private const string Document = "Document:";

    public Value? Get(string path)
    {
        if (path.StartsWith(Facts, StringComparison.Ordinal)) return happened.Fact(path[Facts.Length..]);
        if (!path.StartsWith(Document, StringComparison.Ordinal)) return null;

        var name = path[Document.Length..];
        if (name.Equals(FieldCodes.Id, StringComparison.OrdinalIgnoreCase)) return Value.Of((decimal)item.Ref.Id);
        return CodeOf(path) is { } code ? item[code] : null;
    }

    public bool IsChanged(string path) => Find(path) is { } change && change.Old != change.New;

    public Value? Before(string path) => Find(path)?.Old ?? (CodeOf(path) is { } code ? item[code] : null);

    private FieldChange? Find(string path) => CodeOf(path) is { } code ? happened.Changes.FirstOrDefault(c => c.Code == code) : null;

    private string? CodeOf(string path) => path.StartsWith(Document, StringComparison.Ordinal) ? item.Type.Fields.FindByAnyName(path[Document.Length..])?.Code : null;
}

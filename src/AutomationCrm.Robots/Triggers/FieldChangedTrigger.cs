using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>One of the chosen fields changed; without a choice any field. Old and new values are asked by the condition's "changed".</summary>
internal sealed class FieldChangedTrigger() : Trigger<FieldChangedTrigger.Settings>("field_changed", TriggerEvents.FieldChanged)
{
    // What every change brings along says nothing about the item.
    private static readonly string[] Kept = [FieldCodes.UpdatedAt, FieldCodes.UpdatedBy, FieldCodes.MovedAt, FieldCodes.MovedBy];

    protected override IReadOnlyList<Field> Facts => [Fact("Fields") with { Multiple = true }];

    protected override string? Mismatch(Settings settings, TriggerEvent happened)
    {
        var changed = happened.Changes.Where(c => c.Old != c.New && !Kept.Contains(c.Code)).Select(c => c.Code);
        return changed.Any(code => settings.Fields.Count == 0 || settings.Fields.Contains(code)) ? null : "None of its fields changed.";
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.FieldCodes, Multiple = true)]
        public IReadOnlyList<string> Fields { get; init; } = [];
    }
}

using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>One of the chosen fields changed; without a choice any field. Old and new values are asked by the condition's "changed".</summary>
internal sealed class FieldChangedTrigger() : Trigger<FieldChangedTrigger.Settings>("field_changed", TriggerEvents.FieldChanged)
{
    // A move is no change of "any field"; whoever means the stage chooses it.
    private static readonly string[] OfMoves = [FieldCodes.Stage, FieldCodes.Pipeline];

    protected override IReadOnlyList<Field> Facts => [Fact("Fields") with { Multiple = true }];

    protected override string? Mismatch(Settings settings, TriggerEvent happened)
    {
        var changed = happened.Changes.Where(c => c.Old != c.New).Select(c => c.Code);
        return changed.Any(code => settings.Fields.Count == 0 ? !OfMoves.Contains(code) : settings.Fields.Contains(code)) ? null : "None of its fields changed.";
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.FieldCodes, Multiple = true)]
        public IReadOnlyList<string> Fields { get; init; } = [];
    }
}

using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The last open task of the item was closed, or the last open item of a type that refers to it.</summary>
internal sealed class AllLinkedItemsClosedTrigger() : Trigger<AllLinkedItemsClosedTrigger.Settings>("all_linked_items_closed", TriggerEvents.LinkedClosed)
{
    private const string Tasks = "TASK";

    protected override IReadOnlyList<Field> Facts => [Fact("What")];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        happened.Text("What") == settings.What ? null : $"What was closed is no {settings.What}.";

    internal sealed record Settings
    {
        /// <summary>TASK or the code of an item type.</summary>
        [Setting(FieldKind.LinkedKind, Required = true, MaxLength = 50)]
        public string What { get; init; } = Tasks;
    }
}

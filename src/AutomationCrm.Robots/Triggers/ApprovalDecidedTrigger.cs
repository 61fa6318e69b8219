using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A process has decided an approval about the item; with one decision, or any.</summary>
internal sealed class ApprovalDecidedTrigger() : Trigger<ApprovalDecidedTrigger.Settings>("approval_decided", HappeningCodes.ApprovalDecided)
{
    protected override IReadOnlyList<Field> Facts => [Fact("Decision"), Fact("ProcessKey")];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        (settings.Decision.Length == 0 || settings.Decision.Equals(happened.Text("Decision"), StringComparison.OrdinalIgnoreCase))
        && (settings.Process.Length == 0 || settings.Process == happened.Text("ProcessKey")) ? null : "The decision was another one.";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 50)]
        public string Decision { get; init; } = "";

        [Setting(FieldKind.Text, MaxLength = 100)]
        public string Process { get; init; } = "";
    }
}

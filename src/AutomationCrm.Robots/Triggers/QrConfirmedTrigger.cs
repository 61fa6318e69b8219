using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A visitor confirmed the page of a QR code of the item; of one title, or any.</summary>
internal sealed class QrConfirmedTrigger() : Trigger<QrConfirmedTrigger.Settings>("qr_confirmed", HappeningCodes.QrConfirmed)
{
    protected override IReadOnlyList<Field> Facts => [Fact("Title"), Fact("PageId", FieldKind.Integer)];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Title.Length == 0 || settings.Title.Equals(happened.Text("Title"), StringComparison.OrdinalIgnoreCase) ? null : "Another page was confirmed.";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 150)]
        public string Title { get; init; } = "";
    }
}

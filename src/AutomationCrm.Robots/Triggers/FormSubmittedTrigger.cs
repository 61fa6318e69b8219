using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A web form was submitted for the item; one form, or any.</summary>
internal sealed class FormSubmittedTrigger() : Trigger<FormSubmittedTrigger.Settings>("form_submitted", HappeningCodes.FormSubmitted)
{
    protected override IReadOnlyList<Field> Facts => [Fact("FormId", FieldKind.Integer)];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Form.Length == 0 || settings.Form == happened.Text("FormId") ? null : "Another form was submitted.";

    internal sealed record Settings
    {
        /// <summary>The form's number.</summary>
        [Setting(FieldKind.WebForm, MaxLength = 20)]
        public string Form { get; init; } = "";
    }
}

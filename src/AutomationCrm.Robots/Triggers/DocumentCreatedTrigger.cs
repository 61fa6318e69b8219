using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A document of the item was made; of one template, or any.</summary>
internal sealed class DocumentCreatedTrigger() : Trigger<DocumentCreatedTrigger.Settings>("document_created", HappeningCodes.DocumentCreated)
{
    protected override IReadOnlyList<Field> Facts => [Fact("DocumentId"), Fact("TemplateId"), Fact("Number")];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Template.Length == 0 || settings.Template == happened.Text("TemplateId") ? null : "The document was made from another template.";

    internal sealed record Settings
    {
        [Setting(FieldKind.TemplateNumber, MaxLength = 100)]
        public string Template { get; init; } = "";
    }
}

using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A document of the item was signed off.</summary>
internal sealed class DocumentSignedTrigger() : Trigger<NoSettings>("document_signed", HappeningCodes.DocumentSigned)
{
    protected override IReadOnlyList<Field> Facts => [Fact("DocumentId"), Fact("Number")];
}

using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>Gives a portal without templates the shipped ones; answers how many.</summary>
public sealed record ShipTemplates : IRequest<int>;

/// <summary>A template that comes with the product.</summary>
/// <param name="Code">Shipped automations name it by this.</param>
public sealed record ShippedTemplate(string Code, string Name, string FileName, byte[] Content)
{
    /// <summary>Prints to PDF by Chromium alone.</summary>
    public const string Proposal = "proposal";

    public const string ProposalWord = "proposal-word";
}

/// <summary>The templates that come with the product.</summary>
public interface IShippedTemplates
{
    IReadOnlyList<ShippedTemplate> All { get; }
}

internal sealed class ShipTemplatesHandler(CrmDbContext db, IShippedTemplates shipped, ISender sender) : IRequestHandler<ShipTemplates, int>
{
    private const string Prefix = "P-";

    public async Task<int> Handle(ShipTemplates request, CancellationToken cancellationToken)
    {
        if (await db.DocumentTemplates.AnyAsync(cancellationToken)) return 0;

        try
        {
            foreach (var template in shipped.All)
            {
                var settings = new TemplateSettings(template.Name, [ItemTypeIds.Deal, ItemTypeIds.Quote]) { Prefix = Prefix };
                await sender.Send(new SaveTemplateFile(null, template.FileName, template.Content, settings) { Code = template.Code }, cancellationToken);
            }

            return shipped.All.Count;
        }
        catch (DoubledKeyException doubled) when (doubled.Key == UniqueKeys.DocumentTemplateCode)
        {
            // Another node of the portal starts at the same moment and was faster.
            db.ChangeTracker.Clear();
            return 0;
        }
    }
}

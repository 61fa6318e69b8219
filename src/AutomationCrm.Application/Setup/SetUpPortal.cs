using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Setup;

/// <summary>Gives an empty portal its pipelines, stages and currencies; answers false when it has them already.</summary>
public sealed record SetUpPortal : IRequest<bool>;

internal sealed class SetUpPortalHandler(CrmDbContext db) : IRequestHandler<SetUpPortal, bool>
{
    /// <summary>REST shows invoices with a category of their own, never 0.</summary>
    private const int InvoicePipeline = 1;

    public async Task<bool> Handle(SetUpPortal request, CancellationToken cancellationToken)
    {
        if (await db.Pipelines.AnyAsync(cancellationToken)) return false;

        AddPipeline(ItemTypeIds.Deal, 0, "Sales", 10, isDefault: true);
        AddPipeline(ItemTypeIds.Deal, 1, "Key accounts", 20, isDefault: false);
        AddPipeline(ItemTypeIds.Lead, 0, "Leads", 10, isDefault: true);
        AddPipeline(ItemTypeIds.Quote, 0, "Proposals", 10, isDefault: true);
        AddPipeline(ItemTypeIds.Invoice, InvoicePipeline, "Invoices", 10, isDefault: true);
        db.Currencies.AddRange(
            new CurrencyRow { Code = "EUR", Rate = 1m, IsBase = true },
            new CurrencyRow { Code = "USD", Rate = 0.92m },
            new CurrencyRow { Code = "GBP", Rate = 1.17m },
            new CurrencyRow { Code = "RUB", Rate = 0.0105m });
        await db.SaveConfigurationAsync(cancellationToken);
        return true;
    }

    private void AddPipeline(int typeId, int id, string name, int sort, bool isDefault)
    {
        db.Pipelines.Add(new() { TypeId = typeId, Id = id, Name = name, Sort = sort, IsDefault = isDefault });
        foreach (var stage in DefaultStages.For(typeId, id))
        {
            db.Stages.Add(new()
            {
                TypeId = typeId,
                PipelineId = id,
                Id = stage.Id,
                Name = StageNames.Of(typeId, stage.Name),
                Color = stage.Color,
                Semantics = stage.SemanticsLetter,
                Sort = stage.Sort,
                Probability = stage.Probability,
            });
        }
    }
}

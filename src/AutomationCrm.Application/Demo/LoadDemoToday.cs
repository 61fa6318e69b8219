using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Demo;

/// <summary>A few deals of each pipeline go on by one stage just now, so that there are runs, tasks, waits and calls to look at; answers how many moved.</summary>
public sealed record LoadDemoToday(long AdministratorId) : IRequest<int>;

internal sealed class LoadDemoTodayHandler(ISender sender, IItemReader reader, Caller caller, IPortal portal) : IRequestHandler<LoadDemoToday, int>
{
    private const int DealsPerStage = 2;

    public async Task<int> Handle(LoadDemoToday request, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var pipeline in (await portal.FreshAsync(cancellationToken)).Pipelines.Where(p => p.TypeId == ItemTypeIds.Deal).OrderBy(p => p.Id))
        {
            var open = pipeline.Stages.Where(s => !s.IsFinal).ToList();
            // From the last stage backwards: a deal that has just come to a stage does not leave it at once.
            for (var position = open.Count - 2; position >= 0; position--)
            {
                var here = FilterNode.All(FilterNode.Compare(FieldCodes.Pipeline, FilterOp.Equal, Value.Of((decimal)pipeline.Id)), FilterNode.Compare(FieldCodes.Stage, FilterOp.Equal, Value.Of(open[position].Id)));
                var page = await reader.ListAsync(new(pipeline.TypeId, here) { Order = [new(FieldCodes.MovedAt, Descending: true), new(FieldCodes.Id)], Limit = DealsPerStage }, ItemScope.All, cancellationToken);
                foreach (var deal in page.Items)
                {
                    caller.Become(deal.ResponsibleId, isAdmin: false, Origin.Setup);
                    await sender.Send(new MoveItem(deal.Ref, open[position + 1].Id), cancellationToken);
                    moved++;
                }
            }
        }

        caller.Become(request.AdministratorId, isAdmin: true, Origin.Setup);
        return moved;
    }
}

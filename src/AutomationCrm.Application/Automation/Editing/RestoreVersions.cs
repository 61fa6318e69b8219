using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Makes former versions of stages live again, all or none; a stage that somebody changed in the meantime is a conflict.</summary>
/// <param name="Stages">The version to restore (0: no robots), and the one the author knows as newest.</param>
public sealed record RestoreVersions(int TypeId, IReadOnlyList<RestoredStage> Stages, string Comment = "") : IRequest<IReadOnlyDictionary<string, int>>;

public sealed record RestoredStage(string StageId, int Number, int BasedOn);

internal sealed class RestoreVersionsHandler(CrmDbContext db, ISender sender, IPortal portal) : IRequestHandler<RestoreVersions, IReadOnlyDictionary<string, int>>
{
    public async Task<IReadOnlyDictionary<string, int>> Handle(RestoreVersions request, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<string, int>();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            foreach (var stage in request.Stages)
            {
                // Reading and saving a version ask for the right.
                var config = stage.Number == 0 ? new() : (await sender.Send(new GetStageAutomation(request.TypeId, stage.StageId, stage.Number), cancellationToken)).Config;
                numbers[stage.StageId] = await sender.Send(new SaveStageAutomation(request.TypeId, stage.StageId, config, stage.BasedOn, request.Comment), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await portal.FreshAsync(cancellationToken);
        return numbers;
    }
}

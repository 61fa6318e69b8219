using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Linked;

/// <summary>
/// Changes fields of all items that a filter finds and answers how many there are. Each change is a job in that item's own lane (contract
/// C1), the first <see cref="AtOnce"/> at once, the others spread over time so that people's work is not kept waiting.
/// </summary>
public sealed record UpdateLinkedItems(int TypeId, FilterNode Filter, IReadOnlyDictionary<string, Value> Values) : ICommand<int>
{
    public const int AtOnce = 50;
    public const int Most = 2_000;

    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
}

internal sealed class UpdateLinkedItemsValidator : AbstractValidator<UpdateLinkedItems>
{
    public UpdateLinkedItemsValidator() => RuleFor(c => c.Values).NotEmpty();
}

internal sealed class UpdateLinkedItemsHandler(IUnitOfWork work, IItemReader reader, IAccess access) : IRequestHandler<UpdateLinkedItems, int>
{
    public async Task<int> Handle(UpdateLinkedItems request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "change many items at once");
        var found = await MatchingItems.FindAsync(reader, request.TypeId, request.Filter, access.Scope(work.Caller, request.TypeId, ItemAction.Update), UpdateLinkedItems.Most, cancellationToken);
        for (var i = 0; i < found.Count; i++)
        {
            var args = new ChangeItemArgs(TypedJson.Write(request.Values), work.Caller.Cause).ToJson();
            var lane = LaneId.Of(found[i]);
            if (i < UpdateLinkedItems.AtOnce) work.Changes.Add(work.Changes.Jobs, new NewJob(lane, ChangeItemJob.Kind, args));
            else work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), work.Now + (UpdateLinkedItems.Pace * (i - UpdateLinkedItems.AtOnce + 1)), lane, null, null, ChangeItemJob.Kind, args));
        }

        return found.Count;
    }
}

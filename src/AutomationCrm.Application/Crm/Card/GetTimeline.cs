using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>A page of an item's timeline, newest first.</summary>
public sealed record GetTimeline(ItemRef Item) : IRequest<TimelinePage>
{
    /// <summary>Narrows it; null shows everything.</summary>
    public IReadOnlyCollection<TimelineKind>? Kinds { get; init; }

    public TimelineCursor? After { get; init; }

    public int Take { get; init; } = TimelineReader.PageSize;
}

internal sealed class GetTimelineValidator : AbstractValidator<GetTimeline>
{
    public GetTimelineValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.Take).InclusiveBetween(1, 200);
    }
}

internal sealed class GetTimelineHandler(TimelineReader timeline, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetTimeline, TimelinePage>
{
    public async Task<TimelinePage> Handle(GetTimeline request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        return await timeline.ReadAsync(item.Ref, request.Kinds, request.After, request.Take, cancellationToken);
    }
}

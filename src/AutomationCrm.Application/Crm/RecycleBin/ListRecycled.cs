using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>Deleted items, newest first: everybody's for administrators, otherwise those the caller deleted or was responsible for.</summary>
/// <param name="Text">Part of the title.</param>
public sealed record ListRecycled(string? Text = null) : IRequest<RecycledPage>
{
    public int? TypeId { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;
}

/// <param name="KeepDays">How long they are kept; 0 for ever.</param>
public sealed record RecycledPage(IReadOnlyList<RecycledLine> Items, int Total, bool HasMore, int KeepDays);

/// <param name="GoneAt">When it is deleted for good; null when never.</param>
public sealed record RecycledLine(RecycledItem Item, string DeletedBy, string Responsible, DateTimeOffset? GoneAt);

internal sealed class ListRecycledValidator : AbstractValidator<ListRecycled>
{
    public ListRecycledValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
        RuleFor(q => q.Text).MaximumLength(255);
    }
}

internal sealed class ListRecycledHandler(CrmDbContext db, IPortal gate, IOptions<RecycleBinOptions> options, Caller caller) : IRequestHandler<ListRecycled, RecycledPage>
{
    public async Task<RecycledPage> Handle(ListRecycled request, CancellationToken cancellationToken)
    {
        var (portal, me, keep) = (await gate.FreshAsync(cancellationToken), caller.PersonId, options.Value.KeepDays);
        var found = db.RecycledItems.AsNoTracking();
        if (!caller.IsAdmin && !caller.IsSystem) found = found.Where(r => r.DeletedBy == me || r.ResponsibleId == me);
        if (request.TypeId is { } type) found = found.Where(r => r.TypeId == type);
        if (request.Text is { Length: > 0 } text)
        {
            var part = text.ToLowerInvariant();
            found = found.Where(r => r.Search.Contains(part));
        }

        var page = await found.OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.ItemId).Skip(request.Offset).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return new(
            [.. page.Take(request.Limit).Select(r => new RecycledLine(r, portal.PersonName(r.DeletedBy), portal.PersonName(r.ResponsibleId), keep > 0 ? r.DeletedAt.AddDays(keep) : null))],
            await found.CountAsync(cancellationToken),
            page.Count > request.Limit,
            keep);
    }
}

using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Outbox;

/// <summary>Deliveries, newest first; for administrators.</summary>
public sealed record ListOutbox(DeliveryState? State = null) : IRequest<OutboxPage>
{
    /// <summary>Part of the destination.</summary>
    public string? Destination { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;
}

/// <param name="Counts">By state, over everything.</param>
public sealed record OutboxPage(IReadOnlyList<OutboxLine> Deliveries, IReadOnlyDictionary<DeliveryState, int> Counts, bool HasMore)
{
    /// <summary>How many wait for what is missing, by its code, over everything.</summary>
    public IReadOnlyDictionary<string, int> Held { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}

/// <param name="ItemTitle">Null when the item is gone.</param>
/// <param name="Last">The latest attempt, null before the first.</param>
public sealed record OutboxLine(Delivery Delivery, string? ItemTitle, DeliveryAttempt? Last);

internal sealed class ListOutboxValidator : AbstractValidator<ListOutbox>
{
    public ListOutboxValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
        RuleFor(q => q.Destination).MaximumLength(500);
    }
}

internal sealed class ListOutboxHandler(CrmDbContext db, IItemReader items, IAccess access, Caller caller) : IRequestHandler<ListOutbox, OutboxPage>
{
    public async Task<OutboxPage> Handle(ListOutbox request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the outbox");
        var deliveries = db.Deliveries.AsNoTracking();
        if (request.State is { } state) deliveries = deliveries.Where(d => d.State == state);
        if (request.Destination is { Length: > 0 } part) deliveries = deliveries.Where(d => d.Destination.Contains(part));
        var page = await deliveries.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.EffectKey).Skip(request.Offset).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var shown = page.Take(request.Limit).ToList();
        var keys = shown.ConvertAll(d => d.EffectKey);
        var attempts = (await db.DeliveryAttempts.AsNoTracking().Where(a => keys.Contains(a.EffectKey)).ToListAsync(cancellationToken)).ToLookup(a => a.EffectKey);
        var titles = await items.FindTitlesAsync([.. shown.Select(d => new ItemRef(d.TypeId, d.ItemId)).Distinct()], type => access.Scope(caller, type, ItemAction.Read), cancellationToken);
        var counts = await db.Deliveries.GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var held = await db.Deliveries.Where(d => d.State == DeliveryState.Waiting && d.Held != null).GroupBy(d => d.Held!).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return new([.. shown.Select(d => new OutboxLine(d, titles.GetValueOrDefault(new(d.TypeId, d.ItemId)), attempts[d.EffectKey].MaxBy(a => a.Attempt)))], counts, page.Count > request.Limit) { Held = held };
    }
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>The caller's bell, newest first.</summary>
public sealed record ListNotifications(bool UnreadOnly = false) : IRequest<NotificationPage>
{
    /// <summary>Goes on behind this one.</summary>
    public long? BeforeId { get; init; }

    public int Limit { get; init; } = 20;
}

/// <param name="Unread">Over all pages.</param>
public sealed record NotificationPage(IReadOnlyList<Notification> Notifications, int Unread, bool HasMore);

internal sealed class ListNotificationsValidator : AbstractValidator<ListNotifications>
{
    public ListNotificationsValidator() => RuleFor(q => q.Limit).InclusiveBetween(1, 200).OverridePropertyName("limit");
}

internal sealed class ListNotificationsHandler(CrmDbContext db, Caller caller) : IRequestHandler<ListNotifications, NotificationPage>
{
    public async Task<NotificationPage> Handle(ListNotifications request, CancellationToken cancellationToken)
    {
        var own = db.Notifications.AsNoTracking().Where(n => n.PersonId == caller.PersonId);
        var wanted = request.UnreadOnly ? own.Where(n => n.ReadAt == null) : own;
        if (request.BeforeId is { } before) wanted = wanted.Where(n => n.Id < before);
        var page = await wanted.OrderByDescending(n => n.Id).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return new([.. page.Take(request.Limit)], await own.CountAsync(n => n.ReadAt == null, cancellationToken), page.Count > request.Limit);
    }
}

/// <summary>Marks notifications of the caller as read and answers how many were not; without ids all of them.</summary>
public sealed record MarkNotificationsRead(IReadOnlyCollection<long>? Ids = null) : IRequest<int>;

internal sealed class MarkNotificationsReadValidator : AbstractValidator<MarkNotificationsRead>
{
    public MarkNotificationsReadValidator() => RuleFor(c => c.Ids).Must(ids => ids is null or { Count: <= 1_000 }).Refuses("ids.too_many", "At most 1,000 ids.");
}

internal sealed class MarkNotificationsReadHandler(CrmDbContext db, IAfterCommit afterCommit, Caller caller, TimeProvider clock) : IRequestHandler<MarkNotificationsRead, int>
{
    public async Task<int> Handle(MarkNotificationsRead request, CancellationToken cancellationToken)
    {
        var (now, ids) = (clock.GetUtcNow(), request.Ids?.ToArray());
        var unread = db.Notifications.Where(n => n.PersonId == caller.PersonId && n.ReadAt == null);
        if (ids is not null) unread = unread.Where(n => ids.Contains(n.Id));
        var marked = await unread.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
        if (marked > 0) afterCommit.Committed(newJobs: false, newDeliveries: false, [Topics.Person(caller.PersonId)]);
        return marked;
    }
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Timeline;

/// <summary>Puts a line into people's bells and answers how many got it; people who no longer work here are left out.</summary>
public sealed record NotifyPeople(IReadOnlyList<long> People, string Text) : ICommand<int>
{
    /// <summary>What the line leads to.</summary>
    public ItemRef? Item { get; init; }
}

internal sealed class NotifyPeopleValidator : AbstractValidator<NotifyPeople>
{
    public NotifyPeopleValidator()
    {
        RuleFor(c => c.People).NotEmpty().Must(p => p is null || p.Count <= Notification.MostPeople).Refuses("people.most", $"'{{PropertyName}}' takes at most {Notification.MostPeople} people.", Notification.MostPeople);
        RuleFor(c => c.Text).NotEmpty().MaximumLength(Notification.TextMaxLength).Storable();
        RuleFor(c => c.Item!.Value.Id).GreaterThan(0).When(c => c.Item is not null);
    }
}

internal sealed class NotifyPeopleHandler(IUnitOfWork work, IPortal portal, IAccess access) : IRequestHandler<NotifyPeople, int>
{
    public async Task<int> Handle(NotifyPeople request, CancellationToken cancellationToken)
    {
        if (request.Item is { } item) access.Require(work.Caller, ItemAction.Read, await work.GetItemAsync(item, cancellationToken));
        var snapshot = work.Caller.Origin == Origin.Robot ? work.Portal : await portal.FreshAsync(cancellationToken);
        var told = 0;
        foreach (var id in request.People.Distinct())
        {
            if (!snapshot.People.TryGetValue(id, out var person)) throw new RuleBrokenException("person.unknown", $"There is no person {id}.", "people");
            if (!person.IsActive) continue;

            work.Changes.Add(work.Changes.Notifications, await LineAsync(id, request, cancellationToken));
            work.Hint(Topics.Person(id));
            told++;
        }

        return told;
    }

    private async Task<Notification> LineAsync(long personId, NotifyPeople request, CancellationToken ct) => new()
    {
        Id = await work.NextIdAsync(ct),
        PersonId = personId,
        Text = request.Text,
        TypeId = request.Item?.TypeId,
        ItemId = request.Item?.Id,
        At = work.Now,
        RunId = work.Caller.RunId,
        RobotRunId = work.Caller.RobotRunId,
    };
}

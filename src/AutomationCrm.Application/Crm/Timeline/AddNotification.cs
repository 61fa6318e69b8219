using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Timeline;

/// <summary>Puts a line of a program into a person's bell and answers its id.</summary>
public sealed record AddNotification(long PersonId, string Text) : ICommand<long>;

internal sealed class AddNotificationValidator : AbstractValidator<AddNotification>
{
    public AddNotificationValidator()
    {
        RuleFor(c => c.PersonId).GreaterThan(0);
        RuleFor(c => c.Text).NotEmpty().MaximumLength(Notification.TextMaxLength).Storable();
    }
}

internal sealed class AddNotificationHandler(IUnitOfWork work, TaskGate people) : IRequestHandler<AddNotification, long>
{
    public async Task<long> Handle(AddNotification request, CancellationToken cancellationToken)
    {
        var line = new Notification
        {
            Id = await work.NextIdAsync(cancellationToken),
            PersonId = await people.RequireActiveAsync(request.PersonId, cancellationToken),
            Text = request.Text,
            At = work.Now,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.Notifications, line);
        work.Hint(Topics.Person(line.PersonId));
        return line.Id;
    }
}

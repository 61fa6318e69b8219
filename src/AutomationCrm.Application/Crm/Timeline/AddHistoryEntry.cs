using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Timeline;

/// <summary>Writes a line into an item's history and answers its id; unlike a comment it is nobody's message.</summary>
public sealed record AddHistoryEntry(ItemRef Item, string Subject, string Text) : ICommand<long>
{
    public const int SubjectMaxLength = 255;
}

internal sealed class AddHistoryEntryValidator : AbstractValidator<AddHistoryEntry>
{
    public AddHistoryEntryValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0);
        RuleFor(c => c.Subject).NotEmpty().MaximumLength(AddHistoryEntry.SubjectMaxLength).Storable();
        RuleFor(c => c.Text).NotNull().MaximumLength(TimelineNote.TextMaxLength).Storable();
    }
}

internal sealed class AddHistoryEntryHandler(IUnitOfWork work, IAccess access) : IRequestHandler<AddHistoryEntry, long>
{
    public async Task<long> Handle(AddHistoryEntry request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var note = new TimelineNote
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = "history",
            At = work.Now,
            ActorId = work.Caller.PersonId,
            Subject = request.Subject,
            Text = request.Text,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.TimelineNotes, note);
        work.Hint(Topics.Item(item.Ref));
        return note.Id;
    }
}

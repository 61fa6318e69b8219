using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Timeline;

/// <summary>Puts a comment into an item's timeline and answers its id. Whoever may read the item may comment on it.</summary>
public sealed record AddComment(ItemRef Item, string Text) : ICommand<long>;

internal sealed class AddCommentValidator : AbstractValidator<AddComment>
{
    public AddCommentValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0);
        RuleFor(c => c.Text).NotEmpty().MaximumLength(Comment.TextMaxLength).Storable();
    }
}

internal sealed class AddCommentHandler(IUnitOfWork work, IAccess access) : IRequestHandler<AddComment, long>
{
    public async Task<long> Handle(AddComment request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        var comment = new Comment
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            AuthorId = work.Caller.PersonId,
            Text = request.Text,
            At = work.Now,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.Comments, comment);
        work.Hint(Topics.Item(item.Ref));
        return comment.Id;
    }
}

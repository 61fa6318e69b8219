using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>The comments of an item for whoever may read it.</summary>
public sealed record ListComments(ItemRef Item) : IRequest<CommentPage>
{
    /// <summary>Over ID, CREATED and AUTHOR_ID.</summary>
    public FilterNode? Filter { get; init; }

    public IReadOnlyList<ItemOrder> Order { get; init; } = [];

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;
}

public sealed record CommentPage(IReadOnlyList<Comment> Comments, long Total);

/// <summary>One comment for whoever may read its item.</summary>
public sealed record GetComment(long Id) : IRequest<Comment>;

internal sealed class ListCommentsValidator : AbstractValidator<ListComments>
{
    public ListCommentsValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
    }
}

internal sealed class ListCommentsHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListComments, CommentPage>
{
    public async Task<CommentPage> Handle(ListComments request, CancellationToken cancellationToken)
    {
        _ = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var filter = new RowFilter<Comment>().Field("ID", c => c.Id).Field("CREATED", c => c.At).Field("AUTHOR_ID", c => c.AuthorId);
        var rows = filter.Apply(db.Comments.AsNoTracking().Where(c => c.TypeId == request.Item.TypeId && c.ItemId == request.Item.Id), request.Filter);
        var page = await filter.Sort(rows, request.Order, "ID").Skip(request.Offset).Take(request.Limit).ToListAsync(cancellationToken);
        return new(page, await rows.LongCountAsync(cancellationToken));
    }
}

internal sealed class GetCommentHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetComment, Comment>
{
    public async Task<Comment> Handle(GetComment request, CancellationToken cancellationToken)
    {
        var missing = new NotFoundException("Comment", $"{request.Id}");
        var comment = await db.Comments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw missing;
        try
        {
            _ = await GetItemHandler.ReadAsync(new(comment.TypeId, comment.ItemId), store, gate, access, caller, cancellationToken);
            return comment;
        }
        catch (NotFoundException)
        {
            // Said of the comment, so that nobody learns whose it is.
            throw missing;
        }
    }
}

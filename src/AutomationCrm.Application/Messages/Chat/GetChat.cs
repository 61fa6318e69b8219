using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Chat;

/// <summary>The latest messages of an item's chat, oldest first; for whoever may read the item.</summary>
public sealed record GetChat(ItemRef Item) : IRequest<ChatView>
{
    public int Take { get; init; } = 50;

    /// <summary>Goes on with messages older than this one.</summary>
    public long? Before { get; init; }
}

/// <param name="HasOlder">Whether there are messages before the first one.</param>
public sealed record ChatView(IReadOnlyList<ChatLine> Lines, bool HasOlder);

/// <param name="AuthorName">Empty for automation.</param>
/// <param name="Pieces">The text; a piece that mentions somebody is his name and marked.</param>
public sealed record ChatLine(ChatMessage Message, string AuthorName, IReadOnlyList<(string Text, bool IsMention)> Pieces);

internal sealed class GetChatValidator : AbstractValidator<GetChat>
{
    public GetChatValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.Take).InclusiveBetween(1, 200).OverridePropertyName("limit");
    }
}

internal sealed class GetChatHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetChat, ChatView>
{
    public async Task<ChatView> Handle(GetChat request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var messages = await db.ChatMessages.AsNoTracking().Where(m => m.TypeId == item.Ref.TypeId && m.ItemId == item.Ref.Id && (request.Before == null || m.Id < request.Before))
            .OrderByDescending(m => m.Id).Take(request.Take + 1).ToListAsync(cancellationToken);
        var portal = gate.Current;
        return new([.. messages.Take(request.Take).Reverse().Select(m => new ChatLine(m, portal.PersonName(m.AuthorId), [.. Mentions.Split(m.Text).Select(p => p.Person is { } id && portal.PersonName(id) is { Length: > 0 } name ? ("@" + name, true) : (p.Text, false))]))], messages.Count > request.Take);
    }
}

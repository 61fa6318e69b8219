using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.People;
using FluentValidation;

namespace AutomationCrm.Application.Messages.Chat;

/// <summary>Says something in an item's chat; whoever is mentioned and may read the item is told. Whoever may read the item may write.</summary>
public sealed record PostChatMessage(ItemRef Item, string Text) : ICommand<ChatPosted>;

/// <param name="Told">How many people were told.</param>
public sealed record ChatPosted(long Id, int Told);

internal sealed class PostChatMessageValidator : AbstractValidator<PostChatMessage>
{
    public PostChatMessageValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Text).NotEmpty().MaximumLength(ChatMessage.TextMaxLength).Storable().OverridePropertyName("text");
    }
}

internal sealed class PostChatMessageHandler(IUnitOfWork work, IPortal portal, IAccess access) : IRequestHandler<PostChatMessage, ChatPosted>
{
    private const int Quoted = 200;

    public async Task<ChatPosted> Handle(PostChatMessage request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        var people = (work.Caller.Origin == Origin.Robot ? work.Portal : await portal.FreshAsync(cancellationToken)).People;
        var message = new ChatMessage
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            AuthorId = work.Caller.PersonId,
            Text = Mentions.Encode(request.Text, people.Values),
            At = work.Now,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.Messages.Chat, message);
        work.Hint(Topics.Item(item.Ref));
        var told = 0;
        foreach (var id in Mentions.Of(message.Text))
        {
            if (id == work.Caller.PersonId || !people.TryGetValue(id, out var person) || !person.IsActive || !MayRead(person, item)) continue;
            await TellAsync(id, item, message, people, cancellationToken);
            told++;
        }

        return new(message.Id, told);
    }

    private bool MayRead(Person person, Item item)
    {
        var reader = new Caller();
        reader.Become(person.Id, person.IsAdmin, Origin.Page);
        return access.Scope(reader, item.Ref.TypeId, ItemAction.Read).Covers(item);
    }

    private async Task TellAsync(long person, Item item, ChatMessage message, IReadOnlyDictionary<long, Person> people, CancellationToken ct)
    {
        var text = string.Concat(Mentions.Split(message.Text).Select(p => p.Person is { } id ? "@" + people.GetValueOrDefault(id)?.FullName : p.Text));
        work.Changes.Add(work.Changes.Notifications, new Notification
        {
            Id = await work.NextIdAsync(ct),
            PersonId = person,
            Text = $"{item.Title}: {(text.Length > Quoted ? text[..Quoted] + "…" : text)}",
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            At = work.Now,
            RunId = message.RunId,
            RobotRunId = message.RobotRunId,
        });
        work.Hint(Topics.Person(person));
    }
}

using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Messages.Chat;

/// <summary>Every chat of others, for administrators; addresses are not among it.</summary>
public sealed record ListChatWebhooks : IRequest<IReadOnlyList<ChatWebhookLine>>;

public sealed record ChatWebhookLine(long Id, string Name, string Format, string Host, DateTimeOffset ChangedAt);

/// <summary>Adds a chat (id 0) or changes it, and answers its id; for administrators. Without a new address the old one stays.</summary>
public sealed record SaveChatWebhook(long Id, string Name, string Format, string? Url) : IRequest<long>;

public sealed record DeleteChatWebhook(long Id) : IRequest<Unit>;

/// <summary>A chat of others by its name with the item's title and address; null when there is no such chat.</summary>
public sealed record FindChatWebhook(string Name, ItemRef Item) : IRequest<FoundChatWebhook?>;

public sealed record FoundChatWebhook(long Id, string Name, string Format, string Host, string Link);

internal sealed class SaveChatWebhookValidator : AbstractValidator<SaveChatWebhook>
{
    public SaveChatWebhookValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100).Must(n => n is null || !HeaderText.IsHostile(n)).Refuses("text.line", "'{PropertyName}' is one line of text.");
        RuleFor(c => c.Format).Must(f => f is not null && ChatFormats.All.Contains(f)).Refuses("chat.format", "'{PropertyName}' is slack, mattermost or teams.");
        RuleFor(c => c.Url).NotEmpty().When(c => c.Id == 0);
        RuleFor(c => c.Url).MaximumLength(2_000).Must(u => string.IsNullOrEmpty(u) || (Uri.TryCreate(u, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.IdnHost.Length > 0 && url.UserInfo.Length == 0))
            .Refuses("chat.url", "'{PropertyName}' is an address such as https://hooks.slack.com/services/….");
    }
}

internal sealed class ListChatWebhooksHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListChatWebhooks, IReadOnlyList<ChatWebhookLine>>
{
    public async Task<IReadOnlyList<ChatWebhookLine>> Handle(ListChatWebhooks request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see chats");
        return await db.ChatWebhooks.AsNoTracking().OrderBy(w => w.Name).Select(w => new ChatWebhookLine(w.Id, w.Name, w.Format, w.Host, w.ChangedAt)).ToListAsync(cancellationToken);
    }
}

internal sealed class SaveChatWebhookHandler(CrmDbContext db, ISecretBox secrets, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<SaveChatWebhook, long>
{
    public async Task<long> Handle(SaveChatWebhook request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change chats");
        var all = await db.ChatWebhooks.ToListAsync(cancellationToken);
        if (all.Exists(w => w.Id != request.Id && w.Name.Equals(request.Name.Trim(), StringComparison.OrdinalIgnoreCase))) throw new RuleBrokenException("name.taken", "There is a chat of this name already.", "name");

        var webhook = request.Id == 0 ? db.ChatWebhooks.Add(new()).Entity : all.Find(w => w.Id == request.Id) ?? throw new NotFoundException("Chat", request.Id.ToString(CultureInfo.InvariantCulture));
        (webhook.Name, webhook.Format, webhook.ChangedAt) = (request.Name.Trim(), request.Format, clock.GetUtcNow());
        if (!string.IsNullOrEmpty(request.Url)) (webhook.Host, webhook.Secret) = (new Uri(request.Url).GetLeftPart(UriPartial.Authority), secrets.Close(ChatSecrets.Purpose, request.Url.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        return webhook.Id;
    }
}

internal sealed class DeleteChatWebhookHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<DeleteChatWebhook, Unit>
{
    public async Task<Unit> Handle(DeleteChatWebhook request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete chats");
        if (await db.ChatWebhooks.Where(w => w.Id == request.Id).ExecuteDeleteAsync(cancellationToken) == 0) throw new NotFoundException("Chat", request.Id.ToString(CultureInfo.InvariantCulture));
        return Unit.Value;
    }
}

internal sealed class FindChatWebhookHandler(CrmDbContext db, PublicLinks links) : IRequestHandler<FindChatWebhook, FoundChatWebhook?>
{
    public async Task<FoundChatWebhook?> Handle(FindChatWebhook request, CancellationToken cancellationToken) =>
        (await db.ChatWebhooks.AsNoTracking().ToListAsync(cancellationToken)).Find(w => w.Name.Equals(request.Name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found
            ? new(found.Id, found.Name, found.Format, found.Host, links.Item(request.Item)) : null;
}

/// <summary>Addresses of chats, for the outbox alone.</summary>
public sealed class ChatSecrets(IServiceScopeFactory scopes, ISecretBox secrets)
{
    internal const string Purpose = "chat";

    /// <summary>Null when the chat is gone.</summary>
    public async Task<string?> UrlAsync(long id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var secret = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().ChatWebhooks.AsNoTracking().Where(w => w.Id == id).Select(w => w.Secret).FirstOrDefaultAsync(ct);
        return secret is null ? null : secrets.Open(Purpose, secret);
    }
}

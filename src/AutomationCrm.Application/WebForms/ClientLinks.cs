using System.Security.Cryptography;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.WebForms;

/// <summary>The address at which the client may write about an item; made when somebody who may change the item asks first.</summary>
public sealed record GetClientLink(ItemRef Item) : IRequest<string>;

internal sealed class GetClientLinkHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetClientLink, string>
{
    public async Task<string> Handle(GetClientLink request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        access.Require(caller, ItemAction.Update, item);
        if (await FindAsync(item.Ref, cancellationToken) is { } known) return known;

        db.ClientLinks.Add(new() { TypeId = item.Ref.TypeId, ItemId = item.Ref.Id, Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), SigningKey = RandomNumberGenerator.GetBytes(32) });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DoubledKeyException doubled) when (doubled.Key == UniqueKeys.ClientLink)
        {
            // Two people asked at the same moment; the key let one through.
            db.ChangeTracker.Clear();
        }

        return (await FindAsync(item.Ref, cancellationToken))!;
    }

    private Task<string?> FindAsync(ItemRef item, CancellationToken ct) =>
        db.ClientLinks.AsNoTracking().Where(l => l.TypeId == item.TypeId && l.ItemId == item.Id).Select(l => (string?)l.Token).FirstOrDefaultAsync(ct);
}

/// <summary>The page at which a client writes; says nothing of the item but its title.</summary>
public sealed record OpenClientPage(string Token) : IRequest<ClientPage>;

public sealed record ClientPage(string Title, string Stamp);

internal sealed class OpenClientPageHandler(CrmDbContext db, IWorkStore store, TimeProvider clock) : IRequestHandler<OpenClientPage, ClientPage>
{
    public async Task<ClientPage> Handle(OpenClientPage request, CancellationToken cancellationToken)
    {
        var link = await db.ClientLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Token == request.Token, cancellationToken) ?? throw new NotFoundException("Page", "");
        var found = await store.LoadAsync([new(link.TypeId, link.ItemId)], lockRows: false, cancellationToken);
        return found.Items is [var item, ..] ? new(item.Title, FormStamp.Make(link.SigningKey, link.Token, clock.GetUtcNow())) : throw new NotFoundException("Page", "");
    }
}

/// <summary>A client writes about an item; its triggers are told.</summary>
public sealed record SendClientMessage(string Token, string Text, string Stamp, string Address, string Trap = "") : ICommand<bool>;

internal sealed class SendClientMessageValidator : AbstractValidator<SendClientMessage>
{
    public SendClientMessageValidator() => RuleFor(m => m.Text).NotEmpty().MaximumLength(WebForm.TextMaxLength).Storable().OverridePropertyName("text");
}

internal sealed class SendClientMessageHandler(CrmDbContext db, IUnitOfWork work, IAccess access, FormGate gate) : IRequestHandler<SendClientMessage, bool>
{
    public async Task<bool> Handle(SendClientMessage request, CancellationToken cancellationToken)
    {
        var link = await db.ClientLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Token == request.Token, cancellationToken) ?? throw new NotFoundException("Page", "");
        gate.Enter(request.Address);
        if (request.Trap.Length > 0) return true;
        FormStamp.Require(link.SigningKey, link.Token, request.Stamp, work.Now);

        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Form);
        var item = await work.GetItemAsync(new(link.TypeId, link.ItemId), cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote { Id = await work.NextIdAsync(cancellationToken), TypeId = item.Ref.TypeId, ItemId = item.Ref.Id, Kind = "client", At = work.Now, Text = request.Text });
        work.Raise(Happening.Of(item.Ref, HappeningCodes.ClientMessage, ("Text", Value.Of(request.Text))));
        return true;
    }
}

using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>The open tasks of an item as this unit sees them, at most 500.</summary>
public sealed record FindOpenTasks(ItemRef Item) : IRequest<IReadOnlyList<long>>;

internal sealed class FindOpenTasksValidator : AbstractValidator<FindOpenTasks>
{
    public FindOpenTasksValidator() => RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
}

internal sealed class FindOpenTasksHandler(CrmDbContext db, IUnitOfWork work) : IRequestHandler<FindOpenTasks, IReadOnlyList<long>>
{
    private const int Most = 500;

    public async Task<IReadOnlyList<long>> Handle(FindOpenTasks request, CancellationToken cancellationToken)
    {
        var (typeId, id) = (request.Item.TypeId, request.Item.Id);
        var stored = await db.Tasks.AsNoTracking().Where(t => t.TypeId == typeId && t.ItemId == id && t.State == TaskState.Open).OrderBy(t => t.Id).Select(t => t.Id).Take(Most).ToListAsync(cancellationToken);
        // What this unit has made or closed and not written yet.
        var added = work.Changes.NewTasks.Where(t => t.TypeId == typeId && t.ItemId == id && t.State == TaskState.Open).Select(t => t.Id);
        var closed = work.Changes.ChangedTasks.Where(t => t.State != TaskState.Open).Select(t => t.Id).ToHashSet();
        return [.. stored.Concat(added).Where(t => !closed.Contains(t)).Distinct()];
    }
}

/// <summary>Whether a document of an item is signed off.</summary>
public sealed record IsDocumentSigned(ItemRef Item, long DocumentId) : IRequest<bool>;

internal sealed class IsDocumentSignedValidator : AbstractValidator<IsDocumentSigned>
{
    public IsDocumentSignedValidator() => RuleFor(q => q.DocumentId).GreaterThan(0);
}

/// <summary>Whether a mail of an item was opened.</summary>
public sealed record IsMailOpened(ItemRef Item, Guid MailId) : IRequest<bool>;

internal sealed class IsMailOpenedValidator : AbstractValidator<IsMailOpened>
{
    public IsMailOpenedValidator() => RuleFor(q => q.MailId).NotEmpty();
}

internal sealed class IsMailOpenedHandler(CrmDbContext db) : IRequestHandler<IsMailOpened, bool>
{
    public Task<bool> Handle(IsMailOpened request, CancellationToken cancellationToken) =>
        db.Mails.AsNoTracking().AnyAsync(m => m.Id == request.MailId && m.TypeId == request.Item.TypeId && m.ItemId == request.Item.Id && m.OpenedAt != null, cancellationToken);
}

internal sealed class IsDocumentSignedHandler(CrmDbContext db) : IRequestHandler<IsDocumentSigned, bool>
{
    public Task<bool> Handle(IsDocumentSigned request, CancellationToken cancellationToken) =>
        db.Documents.AsNoTracking().AnyAsync(d => d.Id == request.DocumentId && d.TypeId == request.Item.TypeId && d.ItemId == request.Item.Id && d.SignedAt != null, cancellationToken);
}

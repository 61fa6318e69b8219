using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A trigger that an application registered by REST and executes when it likes.</summary>
public sealed class ApplicationTriggerRow
{
    public const string CodeForm = "^[a-z0-9._-]{1,100}$";

    public string Code { get; init; } = "";

    public string Name { get; set; } = "";
}

/// <summary>Registers an application trigger; the same code again renames it.</summary>
public sealed record SaveApplicationTrigger(string Code, string Name) : IRequest<Unit>;

internal sealed class SaveApplicationTriggerValidator : AbstractValidator<SaveApplicationTrigger>
{
    public SaveApplicationTriggerValidator()
    {
        RuleFor(c => c.Code).Matches(ApplicationTriggerRow.CodeForm).OverridePropertyName("CODE").Refuses("trigger.code", "Wrong trigger code!");
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200).Storable().OverridePropertyName("NAME");
    }
}

internal sealed class SaveApplicationTriggerHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<SaveApplicationTrigger, Unit>
{
    public async Task<Unit> Handle(SaveApplicationTrigger request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "register triggers");
        if (await db.ApplicationTriggers.FindAsync([request.Code], cancellationToken) is { } known) known.Name = request.Name;
        else db.ApplicationTriggers.Add(new() { Code = request.Code, Name = request.Name });
        await db.SaveConfigurationAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>All application triggers by code.</summary>
public sealed record ListApplicationTriggers : IRequest<IReadOnlyList<ApplicationTriggerRow>>;

internal sealed class ListApplicationTriggersHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListApplicationTriggers, IReadOnlyList<ApplicationTriggerRow>>
{
    public async Task<IReadOnlyList<ApplicationTriggerRow>> Handle(ListApplicationTriggers request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see registered triggers");
        return await db.ApplicationTriggers.AsNoTracking().OrderBy(t => t.Code).ToListAsync(cancellationToken);
    }
}

/// <summary>Forgets an application trigger; triggers on stages that wait for it never match again.</summary>
public sealed record DeleteApplicationTrigger(string Code) : IRequest<Unit>;

internal sealed class DeleteApplicationTriggerHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<DeleteApplicationTrigger, Unit>
{
    public async Task<Unit> Handle(DeleteApplicationTrigger request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete triggers");
        var known = await db.ApplicationTriggers.FindAsync([request.Code], cancellationToken) ?? throw new NotFoundException("Trigger", request.Code);
        db.ApplicationTriggers.Remove(known);
        await db.SaveConfigurationAsync(cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Executes an application trigger for an item. The answer confirms the receipt, not the move.</summary>
public sealed record ExecuteApplicationTrigger(string Code, ItemRef Item) : ICommand<bool>;

internal sealed class ExecuteApplicationTriggerHandler(CrmDbContext db, IUnitOfWork work, IAccess access) : IRequestHandler<ExecuteApplicationTrigger, bool>
{
    public async Task<bool> Handle(ExecuteApplicationTrigger request, CancellationToken cancellationToken)
    {
        if (!await db.ApplicationTriggers.AsNoTracking().AnyAsync(t => t.Code == request.Code, cancellationToken))
            throw new RuleBrokenException("trigger.unknown", $"Trigger with code {request.Code} is not registered.", "CODE");

        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        work.Raise(Happening.Of(item.Ref, HappeningCodes.ApplicationTrigger, ("Code", Value.Of(request.Code))));
        return true;
    }
}

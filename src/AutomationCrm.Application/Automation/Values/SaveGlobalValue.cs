using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>Adds a global value. Code, kind and whether it is a constant or holds several values never change afterwards. Administrators only.</summary>
public sealed record AddGlobalValue(string Code, string Name, FieldKind Kind) : IRequest<Unit>, IOnce
{
    public bool IsConstant { get; init; }

    public bool Multiple { get; init; }

    public Value Value { get; init; } = Value.Null;

    public string Description { get; init; } = "";
}

/// <summary>Names a global value anew. Administrators only.</summary>
public sealed record DescribeGlobalValue(string Code, string Name, string Description) : IRequest<Unit>, IOnce;

/// <summary>Removes a global value that no robot names. Administrators only.</summary>
public sealed record DeleteGlobalValue(string Code) : IRequest<Unit>, IOnce;

internal sealed class AddGlobalValueValidator : AbstractValidator<AddGlobalValue>
{
    public AddGlobalValueValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(GlobalValue.CodeMaxLength).Matches(@"\A[A-Za-z][A-Za-z0-9_]*\z").Refuses("global_value.code", "The code has letters, digits and underscores and begins with a letter.");
        RuleFor(c => c.Name).NotEmpty().MaximumLength(GlobalValue.NameMaxLength).Storable();
        RuleFor(c => c.Description).NotNull().MaximumLength(GlobalValue.DescriptionMaxLength).Storable();
        RuleFor(c => c.Kind).Must(k => GlobalValue.Kinds.Contains(k)).Refuses("global_value.kind", "A global value cannot be of that kind.");
    }
}

internal sealed class DescribeGlobalValueValidator : AbstractValidator<DescribeGlobalValue>
{
    public DescribeGlobalValueValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(GlobalValue.NameMaxLength).Storable();
        RuleFor(c => c.Description).NotNull().MaximumLength(GlobalValue.DescriptionMaxLength).Storable();
    }
}

internal sealed class DeleteGlobalValueValidator : AbstractValidator<DeleteGlobalValue>
{
    public DeleteGlobalValueValidator() => RuleFor(c => c.Code).NotEmpty();
}

internal sealed class AddGlobalValueHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<AddGlobalValue, Unit>
{
    public async Task<Unit> Handle(AddGlobalValue request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "add global values");
        if ((await portal.FreshAsync(cancellationToken)).GlobalValues.ContainsKey(request.Code)) throw Taken(request.Code);

        var value = new GlobalValue
        {
            Code = request.Code,
            Name = request.Name.Trim(),
            IsConstant = request.IsConstant,
            Kind = request.Kind,
            Multiple = request.Multiple,
            Description = request.Description.Trim(),
            UpdatedAt = clock.GetUtcNow(),
            UpdatedBy = caller.PersonId,
        };
        value.Value = value.Fit(request.Value) is { IsEmpty: false } given ? TypedJson.Write(given) : null;
        db.GlobalValues.Add(value);
        db.GlobalValueChanges.Add(new() { Code = value.Code, Version = value.Version, Value = value.Value, At = value.UpdatedAt, ActorId = caller.PersonId });
        try
        {
            await db.SaveConfigurationAsync(cancellationToken);
        }
        catch (DoubledKeyException doubled) when (doubled.Key is UniqueKeys.GlobalValue or UniqueKeys.GlobalValueCode)
        {
            // Two people added it at the same moment; the unique index let one through.
            db.ChangeTracker.Clear();
            throw Taken(request.Code);
        }

        await portal.FreshAsync(cancellationToken);
        return Unit.Value;
    }

    private static RuleBrokenException Taken(string code) => new("global.taken", $"There is a global value {code} already.", "code");
}

internal sealed class DescribeGlobalValueHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller) : IRequestHandler<DescribeGlobalValue, Unit>
{
    public async Task<Unit> Handle(DescribeGlobalValue request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change global values");
        var value = await db.GlobalValues.FirstOrDefaultAsync(g => g.Code == request.Code, cancellationToken) ?? throw new NotFoundException("Global value", request.Code);
        (value.Name, value.Description) = (request.Name.Trim(), request.Description.Trim());
        await db.SaveConfigurationAsync(cancellationToken);
        await portal.FreshAsync(cancellationToken);
        return Unit.Value;
    }
}

internal sealed class DeleteGlobalValueHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller) : IRequestHandler<DeleteGlobalValue, Unit>
{
    public async Task<Unit> Handle(DeleteGlobalValue request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete global values");
        var value = await db.GlobalValues.FirstOrDefaultAsync(g => g.Code == request.Code, cancellationToken) ?? throw new NotFoundException("Global value", request.Code);
        if (ValueUses.Find(await portal.FreshAsync(cancellationToken))[value.Code].FirstOrDefault() is { } use)
            throw new RuleBrokenException("global.used", $"The robot \"{use.Robot}\" on the stage {use.Stage.Name} uses it.", "code");

        db.GlobalValues.Remove(value);
        await db.GlobalValueChanges.Where(c => c.Code == value.Code).ExecuteDeleteAsync(cancellationToken);
        await db.SaveConfigurationAsync(cancellationToken);
        await portal.FreshAsync(cancellationToken);
        return Unit.Value;
    }
}

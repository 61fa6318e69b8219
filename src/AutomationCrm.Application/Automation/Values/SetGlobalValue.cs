using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Values;

public enum GlobalChange
{
    Set,

    /// <summary>Adds to a number or an amount, appends to a list or a text; negative numbers take away.</summary>
    Add,
}

/// <summary>
/// Gives a global value a new value and answers it. The row is locked until the commit, so two that add at the same moment both count.
/// </summary>
public sealed record SetGlobalValue(string Code, Value Value, GlobalChange Change = GlobalChange.Set) : ICommand<GlobalValueSet>
{
    /// <summary>The version a form was filled from; a newer one is a conflict.</summary>
    public long? SeenVersion { get; init; }

    /// <summary>Robots change variables only.</summary>
    public bool VariablesOnly { get; init; }
}

/// <param name="Value">As <see cref="TypedJson"/>.</param>
public sealed record GlobalValueSet(string? Value, string? Previous, long Version);

internal sealed class SetGlobalValueValidator : AbstractValidator<SetGlobalValue>
{
    public SetGlobalValueValidator() => RuleFor(c => c.Code).NotEmpty().MaximumLength(GlobalValue.CodeMaxLength);
}

internal sealed class SetGlobalValueHandler(IUnitOfWork work, IWorkStore store, IPortal portal, IAccess access) : IRequestHandler<SetGlobalValue, GlobalValueSet>
{
    public async Task<GlobalValueSet> Handle(SetGlobalValue request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "set global values");
        await work.LockForCommandAsync([], cancellationToken);
        var held = await store.LockGlobalValueAsync(request.Code, cancellationToken) ?? throw Unknown(request.Code);
        if (!work.Portal.GlobalValues.TryGetValue(held.Code, out var definition))
            definition = (await portal.FreshAsync(cancellationToken)).GlobalValues.GetValueOrDefault(held.Code) ?? throw Unknown(request.Code);
        if (definition.IsConstant && request.VariablesOnly) throw new RuleBrokenException("global.constant", $"{definition.Name} is a constant; only administrators change it, on the page of global values.", "global");

        // An earlier robot of the same batch has set it and nothing is written yet.
        var (previous, version) = work.Changes.GlobalValues.FindLast(g => g.Code == held.Code) is { } pending ? (pending.Value, pending.Version) : (held.Value, held.Version);
        if (request.SeenVersion is { } seen && seen != version) throw new Common.Errors.ConflictException($"{definition.Name} was changed in the meantime.", 0, ["value"]);

        var value = Next(definition, GlobalValue.Read(previous), request);
        var json = value.IsEmpty ? null : TypedJson.Write(value);
        if (json == previous) return new(json, previous, version);

        work.Changes.Add(work.Changes.GlobalValues, new GlobalValueChange
        {
            Code = held.Code,
            Version = version + 1,
            Value = json,
            At = work.Now,
            ActorId = work.Caller.PersonId,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        });
        if (definition.IsConstant) work.Changes.Add(work.Changes.StampRaises, held.Code);
        return new(json, previous, version + 1);
    }

    private static Value Next(GlobalValue definition, Value before, SetGlobalValue request)
    {
        if (request.Change == GlobalChange.Set) return definition.Fit(request.Value);
        if (definition.Multiple) return definition.Fit(Value.Of([.. Items(before), .. Items(request.Value)]));

        var more = definition.Fit(request.Value);
        return (before, more) switch
        {
            (_, { IsEmpty: true }) => before,
            ({ IsEmpty: true }, _) => more,
            (NumberValue left, NumberValue right) => Sum(definition, () => Value.Of(left.Number + right.Number)),
            (MoneyValue left, MoneyValue right) when left.Currency == right.Currency => Sum(definition, () => new MoneyValue(left.Amount + right.Amount, left.Currency)),
            (MoneyValue, MoneyValue) => throw new RuleBrokenException("global.currency", $"{definition.Name} holds another currency.", "value"),
            (TextValue left, TextValue right) when left.Text.Length + right.Text.Length <= definition.AsField.MaxLength => Value.Of(left.Text + right.Text),
            (TextValue, TextValue) => throw new RuleBrokenException("field.length", $"{definition.Name} takes at most {definition.AsField.MaxLength} characters.", "value"),
            _ => throw new RuleBrokenException("global.add", $"Nothing can be added to {definition.Name}; set it instead.", "action"),
        };
    }

    private static Value Sum(GlobalValue definition, Func<Value> sum)
    {
        try
        {
            return sum();
        }
        catch (OverflowException)
        {
            throw new RuleBrokenException("field.range", $"{definition.Name} would become too large.", "value");
        }
    }

    private static IEnumerable<Value> Items(Value value) => value switch { ListValue list => list.Items, { IsEmpty: true } => [], _ => [value] };

    private static RuleBrokenException Unknown(string code) => new("global.unknown", $"There is no global value {code}.", "global");
}

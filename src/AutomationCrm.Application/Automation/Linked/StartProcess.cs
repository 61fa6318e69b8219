using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Linked;

/// <summary>Starts a business process about an item and answers the instance's id.</summary>
public sealed record StartProcess(string Process, ItemRef Item, IReadOnlyDictionary<string, Value> Parameters) : ICommand<Guid>;

internal sealed class StartProcessValidator : AbstractValidator<StartProcess>
{
    public StartProcessValidator() => RuleFor(c => c.Process).NotEmpty().MaximumLength(100);
}

internal sealed class StartProcessHandler(IUnitOfWork work, IAccess access, IEnumerable<IProcessStarter> starters) : IRequestHandler<StartProcess, Guid>
{
    public async Task<Guid> Handle(StartProcess request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var starter = starters.FirstOrDefault() ?? throw new RuleBrokenException("process.none", "No business processes run here.", "process");
        return await starter.StartAsync(request.Process, item.Ref, request.Parameters, work.Caller.Cause, cancellationToken);
    }
}

/// <summary>Puts the items that a filter finds into a script's queue and answers how many there are.</summary>
public sealed record RunScriptOnItems(string Script, int TypeId, FilterNode Filter, IReadOnlyDictionary<string, Value> Parameters) : ICommand<int>
{
    public const int Most = 2_000;
}

internal sealed class RunScriptOnItemsValidator : AbstractValidator<RunScriptOnItems>
{
    public RunScriptOnItemsValidator() => RuleFor(c => c.Script).NotEmpty().MaximumLength(100);
}

internal sealed class RunScriptOnItemsHandler(IUnitOfWork work, IItemReader reader, IAccess access, IEnumerable<IScriptStarter> starters) : IRequestHandler<RunScriptOnItems, int>
{
    public async Task<int> Handle(RunScriptOnItems request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "run scripts on other items");
        var starter = starters.FirstOrDefault() ?? throw new RuleBrokenException("script.none", "No scripts run here.", "script");
        var found = await MatchingItems.FindAsync(reader, request.TypeId, request.Filter, access.Scope(work.Caller, request.TypeId, ItemAction.Update), RunScriptOnItems.Most, cancellationToken);
        return found.Count == 0 ? 0 : await starter.StartAsync(request.Script, found, request.Parameters, work.Caller.Cause, cancellationToken);
    }
}

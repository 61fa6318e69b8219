using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

public enum ProcessEntry
{
    /// <summary>What the robots do when their condition holds, and something else when it does not.</summary>
    Otherwise,

    /// <summary>Somebody approves before the robots run; the result moves the item.</summary>
    Approval,
}

/// <summary>What a linked process is begun with: the stage, the condition and the robots in their order.</summary>
public sealed record ProcessSeed(ProcessEntry Entry, StagePlace Place, string Name, System.Text.Json.JsonElement? Condition, IReadOnlyList<RobotConfig> Robots);

/// <summary>Where the editor hands over to processes. Registered by the process side; without it the entries are not offered.</summary>
public interface IProcessDrafts
{
    /// <summary>Makes a draft of a process and answers the local address where it is drawn.</summary>
    Task<string> BeginAsync(ProcessSeed seed, CancellationToken ct);
}

/// <summary>Whether processes can be begun from a stage.</summary>
public sealed record HasProcesses : IRequest<bool>;

/// <summary>Begins a process from robots of a stage and answers its address; the stage does not change.</summary>
public sealed record BeginProcess(ProcessEntry Entry, int TypeId, string StageId, IReadOnlyList<string> Keys) : IRequest<string>;

internal sealed class BeginProcessValidator : AbstractValidator<BeginProcess>
{
    public BeginProcessValidator()
    {
        RuleFor(r => r.Entry).IsInEnum();
        RuleFor(r => r.StageId).NotEmpty();
    }
}

internal sealed class HasProcessesHandler(IEnumerable<IProcessDrafts> processes) : IRequestHandler<HasProcesses, bool>
{
    public Task<bool> Handle(HasProcesses request, CancellationToken cancellationToken) => Task.FromResult(processes.Any());
}

internal sealed class BeginProcessHandler(IEnumerable<IProcessDrafts> processes, StageDesk desk, IAccess access, Caller caller) : IRequestHandler<BeginProcess, string>
{
    public Task<string> Handle(BeginProcess request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure processes");
        var port = processes.FirstOrDefault() ?? throw new RuleBrokenException("process.none", "This installation has no processes.", "entry");
        var place = new StagePlace(request.TypeId, request.StageId);
        var robots = ChainOrder.Only(desk.Live(place).Config.Robots, request.Keys.ToHashSet(StringComparer.Ordinal));
        return port.BeginAsync(new(request.Entry, place, desk.Stage(place).Name, robots.Select(r => r.Condition).FirstOrDefault(c => c is not null), robots), cancellationToken);
    }
}

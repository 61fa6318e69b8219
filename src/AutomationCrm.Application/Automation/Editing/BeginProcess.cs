using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions.Conditions;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Whether processes can be begun from a stage.</summary>
public sealed record HasProcesses : IRequest<bool>;

/// <summary>What is handed over when a process is begun from live robots of a stage. Throws <c>RuleBrokenException</c> when the robots do not fit the entry.</summary>
/// <param name="Keys">The robots; may be empty for an approval.</param>
public sealed record PrepareProcess(ProcessEntry Entry, int TypeId, string StageId, IReadOnlyList<string> Keys, ProcessResult Result) : IRequest<ProcessSeed>;

/// <summary>Begins a process from robots of a stage and answers its address; the stage does not change.</summary>
/// <param name="Version">The version of the stage that the author saw.</param>
public sealed record BeginProcess(ProcessEntry Entry, int TypeId, string StageId, int Version, IReadOnlyList<string> Keys, ProcessResult Result) : IRequest<string>;

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

internal sealed class PrepareProcessHandler(ProcessSeeds seeds, IPortal portal, IAccess access, Caller caller) : IRequestHandler<PrepareProcess, ProcessSeed>
{
    public async Task<ProcessSeed> Handle(PrepareProcess request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure processes");
        await portal.FreshAsync(cancellationToken);
        return seeds.Make(request.Entry, new(request.TypeId, request.StageId), request.Keys, request.Result);
    }
}

internal sealed class BeginProcessHandler(IEnumerable<IProcessDrafts> processes, ProcessSeeds seeds, StageDesk desk, IPortal portal, IAccess access, Caller caller) : IRequestHandler<BeginProcess, string>
{
    public async Task<string> Handle(BeginProcess request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure processes");
        await portal.FreshAsync(cancellationToken);
        var place = new StagePlace(request.TypeId, request.StageId);
        desk.LiveAt(place, request.Version);
        var seed = seeds.Make(request.Entry, place, request.Keys, request.Result);
        var port = processes.FirstOrDefault() ?? throw new RuleBrokenException("process.none", "Processes are not part of this installation yet; nothing was changed.", "entry");
        return await port.BeginAsync(seed, cancellationToken);
    }
}

/// <summary>Puts together what is handed over, and refuses what would not mean anything.</summary>
internal sealed class ProcessSeeds(StageDesk desk, IPortal portal)
{
    public ProcessSeed Make(ProcessEntry entry, StagePlace place, IReadOnlyList<string> keys, ProcessResult result)
    {
        var (version, config) = desk.Live(place);
        var robots = ChainOrder.Only(config.Robots, keys.ToHashSet(StringComparer.Ordinal));
        if (robots.Count != keys.Distinct().Count()) throw new RuleBrokenException("robot.unknown", "One of the robots is no longer on this stage.", "keys");

        Known(place, result.Done, "done");
        Known(place, result.Refused, "refused");
        return new(entry, place, version, desk.Stage(place).Name, entry == ProcessEntry.Otherwise ? Opposite(robots) : Shared(robots), robots, entry == ProcessEntry.Approval ? result : result with { Refused = null });
    }

    private static JsonElement Opposite(IReadOnlyList<RobotConfig> robots) => Shared(robots) is { } condition
        ? JsonSerializer.SerializeToElement(new JsonObject { ["not"] = JsonNode.Parse(condition.GetRawText()) })
        : throw new RuleBrokenException("process.condition", "\"Otherwise\" needs robots with one condition that all of them share.", "keys");

    /// <summary>The condition that all the robots have; null when they have none or different ones.</summary>
    private static JsonElement? Shared(IReadOnlyList<RobotConfig> robots)
    {
        var conditions = robots.Select(r => r.Condition is { } json && ConditionJson.Read(json).Condition is { } read and not AllCondition { Parts.IsEmpty: true } ? ConditionJson.Write(read).ToJsonString() : null).Distinct().ToList();
        return conditions is [{ } only] ? JsonDocument.Parse(only).RootElement.Clone() : null;
    }

    private void Known(StagePlace place, string? stage, string field)
    {
        if (stage is not null && portal.Current.Pipeline(place.TypeId, desk.Stage(place).PipelineId)?.Find(stage) is null)
            throw new RuleBrokenException("stage.unknown", $"There is no stage {stage} in this pipeline.", field);
    }
}

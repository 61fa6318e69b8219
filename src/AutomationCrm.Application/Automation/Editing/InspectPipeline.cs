using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Everything that is wrong, or probably not meant, with the automation of a pipeline: what is live, and drafts.</summary>
public sealed record InspectPipeline(int TypeId, int PipelineId) : IRequest<IReadOnlyList<PipelineProblem>>;

/// <summary>A finding that leads to a part of a robot.</summary>
/// <param name="IsError">The stage cannot be saved or published with it.</param>
/// <param name="IsDraft">It is in the stage's draft.</param>
/// <param name="RobotKey">Null when it is about the stage.</param>
/// <param name="Part">Setting, condition, delay …</param>
public sealed record PipelineProblem(bool IsError, bool IsDraft, Stage Stage, string? RobotKey, string RobotName, string RobotType, string Part, string Code, string Message);

internal sealed class InspectPipelineHandler(DraftDrawer drafts, StageAutomationCheck check, RobotCatalogue robots, IEnumerable<IAutomationInspector> inspectors, IPortal portal, IAccess access, Caller caller) : IRequestHandler<InspectPipeline, IReadOnlyList<PipelineProblem>>
{
    public async Task<IReadOnlyList<PipelineProblem>> Handle(InspectPipeline request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var now = await portal.FreshAsync(cancellationToken);
        var pipeline = now.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "categoryId");
        var begun = await drafts.FindAllAsync([.. pipeline.Stages.Select(s => new StagePlace(s.TypeId, s.Id))], cancellationToken);
        var problems = new List<PipelineProblem>();
        foreach (var stage in pipeline.Stages)
        {
            if (now.AutomationOf(stage.TypeId, stage.Id) is { } live) problems.AddRange(await OfStageAsync(stage, live.Config, false, now, cancellationToken));
            if (begun.TryGetValue(stage.Id, out var draft)) problems.AddRange(await OfStageAsync(stage, draft.Config, true, now, cancellationToken));
        }

        problems.AddRange(StageCycles.Find(pipeline, stage => now.AutomationOf(stage.TypeId, stage.Id)?.Config, robots));
        return [.. problems.OrderByDescending(p => p.IsError)];
    }

    private async Task<IEnumerable<PipelineProblem>> OfStageAsync(Stage stage, StageAutomationConfig config, bool draft, PortalSnapshot now, CancellationToken ct)
    {
        PipelineProblem Of(RobotConfig? robot, bool error, string part, string code, string message) => new(error, draft, stage, robot?.Key, robot?.Name ?? "", robot?.Type ?? "", part, code, message);

        var found = check.Check(config, now.Type(stage.TypeId)!, stage, now).Select(p => Of(config.Robots.ElementAtOrDefault(p.Robot), true, p.Setting, p.Code, p.Message)).ToList();
        found.AddRange(Order(config, robots).Select(w => Of(w.Robot, false, w.Part, w.Code, w.Message)));
        found.AddRange(People(config, now).Select(w => Of(w.Robot, false, w.Part, w.Code, w.Message)));
        foreach (var inspector in inspectors)
            found.AddRange((await inspector.InspectAsync(stage.TypeId, config, ct)).Select(p => Of(config.Robots.FirstOrDefault(r => r.Key == p.RobotKey), p.IsError, p.Part, p.Code, p.Message)));
        return found;
    }

    /// <summary>Robots that can never come to their turn, and results that may not be there yet.</summary>
    private static IEnumerable<(RobotConfig Robot, string Part, string Code, string Message)> Order(StageAutomationConfig config, RobotCatalogue robots)
    {
        var chains = ChainOrder.Split(config.Robots);
        foreach (var chain in chains)
        {
            var end = chain.FindIndex(r => r is { Enabled: true, Condition: null } && r.Type is "change_stage" or "change_pipeline" or "delete_item" && !r.Survives);
            foreach (var robot in end < 0 ? [] : chain.Skip(end + 1).Where(r => !r.Survives)) yield return (robot, "name", "order.unreachable", $"{chain[end].Name} before it takes the item from the stage.");
        }

        foreach (var reference in AutomationReferences.Of(config, robots).Where(r => r is { Kind: ReferenceKind.Result, IsTrigger: false }))
        {
            var own = chains.Find(c => c.Exists(r => r.Key == reference.Key));
            if (own is null || own.Exists(r => r.Key == reference.Code) || config.Robots.FirstOrDefault(r => r.Key == reference.Code) is not { } other) continue;
            yield return (own.First(r => r.Key == reference.Key), reference.Place, "order.parallel", $"{other.Name} runs in a chain of its own and may not be done yet.");
        }
    }

    private IEnumerable<(RobotConfig Robot, string Part, string Code, string Message)> People(StageAutomationConfig config, PortalSnapshot now)
    {
        foreach (var reference in AutomationReferences.Of(config, robots).Where(r => r is { Kind: ReferenceKind.Person, IsTrigger: false }))
        {
            var person = long.TryParse(reference.Code, CultureInfo.InvariantCulture, out var id) ? now.People.GetValueOrDefault(id) : null;
            if (person is { IsActive: true } || config.Robots.FirstOrDefault(r => r.Key == reference.Key) is not { } robot) continue;
            yield return (robot, reference.Place, person is null ? "person.unknown" : "person.inactive", person?.FullName ?? reference.Code);
        }
    }
}

/// <summary>Finds what only its own room can know about robots, for example a document template that is gone. Register one per room.</summary>
public interface IAutomationInspector
{
    Task<IReadOnlyList<InspectorFinding>> InspectAsync(int typeId, StageAutomationConfig config, CancellationToken ct);
}

/// <param name="Part">The setting, condition or delay.</param>
public sealed record InspectorFinding(string RobotKey, string Part, bool IsError, string Code, string Message)
{
    /// <summary>Whether <see cref="RobotKey"/> is a trigger's.</summary>
    public bool IsTrigger { get; init; }
}

/// <summary>Stages whose robots and triggers may send an item round and round.</summary>
internal static class StageCycles
{
    public static IEnumerable<PipelineProblem> Find(Pipeline pipeline, Func<Stage, StageAutomationConfig?> configOf, RobotCatalogue robots)
    {
        var edges = pipeline.Stages.SelectMany(stage => Edges(stage, pipeline, configOf, robots)).ToList();
        var told = new HashSet<(string, string)>();
        foreach (var edge in edges)
        {
            if (!Reaches(edge.To, edge.From.Id, edges, []) || !told.Add((edge.From.Id, edge.Robot.Key))) continue;
            yield return new(false, false, edge.From, edge.Robot.Key, edge.Robot.Name, edge.Robot.Type, edge.Part, "cycle.possible", $"It may send the item to {pipeline.Find(edge.To)?.Name ?? edge.To}, from where automation may bring it back.");
        }
    }

    private static IEnumerable<(Stage From, string To, RobotConfig Robot, string Part)> Edges(Stage stage, Pipeline pipeline, Func<Stage, StageAutomationConfig?> configOf, RobotCatalogue robots)
    {
        if (configOf(stage) is not { } config) yield break;

        foreach (var reference in AutomationReferences.Of(config, robots).Where(r => !r.IsTrigger))
        {
            if (config.Robots.FirstOrDefault(r => r.Key == reference.Key) is not { Enabled: true } robot) continue;
            if (reference.Kind == ReferenceKind.Stage) yield return (stage, reference.Code, robot, reference.Place);
            if (reference is not { Kind: ReferenceKind.Field, Writes: true }) continue;

            // A changed field may pull a trigger of another stage.
            foreach (var other in pipeline.Stages.Where(s => s.Id != stage.Id && configOf(s)?.Triggers.Any(t => t.Enabled && t.Move && Watches(t.Settings, reference.Code)) == true))
                yield return (stage, other.Id, robot, reference.Place);
        }
    }

    private static bool Watches(System.Text.Json.JsonElement settings, string field) =>
        settings.ValueKind == System.Text.Json.JsonValueKind.Object && settings.GetRawText().Contains($"\"{field}\"", StringComparison.Ordinal);

    private static bool Reaches(string from, string target, List<(Stage From, string To, RobotConfig Robot, string Part)> edges, HashSet<string> seen) =>
        from == target || (seen.Add(from) && edges.Exists(e => e.From.Id == from && Reaches(e.To, target, edges, seen)));
}

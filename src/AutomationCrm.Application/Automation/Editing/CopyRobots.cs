using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>
/// Copies robots to stages of any pipeline and item type. What does not fit a stage (a field or stage it does not have, results of a
/// robot left behind, a robot type that is not offered) is reported and stays behind; the rest is live at once, on all stages or on none.
/// </summary>
/// <param name="Move">Takes them from their stage, those that fit; one target only.</param>
/// <param name="DryRun">The report alone; nothing is saved.</param>
public sealed record CopyRobots(StagePlace From, int Version, IReadOnlyList<string> Keys, IReadOnlyList<StagePlace> Targets, bool Move, bool DryRun) : IRequest<CopyReport>
{
    /// <summary>Works on the stages' drafts, where they come from and where they go.</summary>
    public bool Draft { get; init; }
}

/// <summary>What fits where.</summary>
public sealed record CopyReport(IReadOnlyList<CopyTarget> Targets)
{
    public bool AllFit => Targets.All(t => t.Robots.All(r => r.Problems.Count == 0));

    public bool SomeFit => Targets.Any(t => t.Robots.Any(r => r.Problems.Count == 0));
}

/// <param name="Version">The version that was made; null when nothing fitted or nothing was to be saved.</param>
public sealed record CopyTarget(Stage Stage, Pipeline Pipeline, int? Version, IReadOnlyList<CopyLine> Robots);

/// <param name="Problems">Why the robot does not fit there; empty when it does.</param>
public sealed record CopyLine(string Key, string Name, string Type, IReadOnlyList<AutomationProblem> Problems);

internal sealed class CopyRobotsValidator : AbstractValidator<CopyRobots>
{
    private const int MostTargets = 50;

    public CopyRobotsValidator()
    {
        RuleFor(r => r.Keys).NotEmpty();
        RuleFor(r => r.Targets).NotEmpty().Must(t => t.Count <= MostTargets).Refuses("copy.targets", $"At most {MostTargets} stages at a time.", MostTargets);
        RuleFor(r => r.Targets).Must((r, targets) => !r.Move || (targets.Count == 1 && targets[0] != r.From)).Refuses("copy.move", "Robots are moved to exactly one other stage.");
    }
}

internal sealed class CopyRobotsHandler(StageDesk desk, AutomationReview review, IPortal portal, IAccess access, Caller caller) : IRequestHandler<CopyRobots, CopyReport>
{
    public async Task<CopyReport> Handle(CopyRobots request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        await portal.FreshAsync(cancellationToken);
        var source = request.DryRun ? (await desk.WorkingAsync(request.From, request.Draft, cancellationToken)).Config : await desk.AtAsync(request.From, request.Version, request.Draft, cancellationToken);
        var chosen = ChainOrder.Only(source.Robots, request.Keys.ToHashSet(StringComparer.Ordinal));
        if (chosen.Count == 0) throw new RuleBrokenException("robot.unknown", "None of the robots is on this stage any more.", "keys");

        var plans = new List<(CopyTarget Target, StageEdit? Edit, HashSet<string> Fitting)>();
        foreach (var target in request.Targets.Distinct()) plans.Add(await PlanAsync(target, chosen, await desk.WorkingAsync(target, request.Draft, cancellationToken), cancellationToken));
        var edits = plans.Where(p => p.Edit is not null).Select(p => p.Edit!).ToList();
        if (request.DryRun || edits.Count == 0) return new([.. plans.Select(p => p.Target)]);

        if (request.Move) edits.Insert(0, new(request.From, source with { Robots = ChainOrder.Without(source.Robots, plans[0].Fitting) }, request.Version));
        var numbers = await desk.SaveAsync(edits, request.Draft, cancellationToken);
        return new([.. plans.Select(p => p.Edit is null ? p.Target : p.Target with { Version = numbers[p.Target.Stage.Id] })]);
    }

    private async Task<(CopyTarget Target, StageEdit? Edit, HashSet<string> Fitting)> PlanAsync(StagePlace place, IReadOnlyList<RobotConfig> chosen, (int Version, StageAutomationConfig Config) working, CancellationToken ct)
    {
        var (type, stage, (version, present)) = (desk.Type(place.TypeId), desk.Stage(place), working);
        var problems = chosen.ToDictionary(r => r.Key, _ => (IReadOnlyList<AutomationProblem>)[]);
        var config = present;
        // A robot that stays behind may be the one whose results another uses: look again until nothing changes.
        while (true)
        {
            var fitting = ChainOrder.Only(chosen, problems.Where(p => p.Value.Count == 0).Select(p => p.Key).ToHashSet());
            var added = KeyRenamer.Fit(fitting, present.Robots);
            config = present with { Robots = ChainOrder.Insert(present.Robots, added, null) };
            var found = (await review.ProblemsAsync(config, type, stage, portal.Current, ct)).Where(p => !p.IsTrigger && p.Robot >= present.Robots.Count && p.Robot < config.Robots.Count).GroupBy(p => p.Robot - present.Robots.Count).ToList();
            if (found.Count == 0) break;
            foreach (var robot in found) problems[fitting[robot.Key].Key] = [.. robot];
        }

        var fits = problems.Where(p => p.Value.Count == 0).Select(p => p.Key).ToHashSet();
        var target = new CopyTarget(stage, portal.Current.Pipeline(place.TypeId, stage.PipelineId)!, null, [.. chosen.Select(r => new CopyLine(r.Key, r.Name, r.Type, problems[r.Key]))]);
        return (target, fits.Count == 0 ? null : new(place, config, version), fits);
    }
}

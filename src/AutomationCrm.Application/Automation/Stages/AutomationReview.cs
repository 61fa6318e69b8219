using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>Everything that keeps a stage automation from being published: what the portal's snapshot tells, and what only other rooms know, such as document templates.</summary>
internal sealed class AutomationReview(StageAutomationCheck check, IEnumerable<IAutomationInspector> inspectors)
{
    public async Task<IReadOnlyList<AutomationProblem>> ProblemsAsync(StageAutomationConfig config, ItemType type, Stage stage, PortalSnapshot portal, CancellationToken ct)
    {
        var problems = check.Check(config, type, stage, portal).ToList();
        foreach (var inspector in inspectors)
            problems.AddRange((await inspector.InspectAsync(type.Id, config, ct)).Where(f => f.IsError).Select(f => Problem(f, config)));
        return problems;
    }

    private static AutomationProblem Problem(InspectorFinding finding, StageAutomationConfig config)
    {
        var place = finding.IsTrigger ? IndexOf(config.Triggers.Select(t => t.Key), finding.RobotKey) : IndexOf(config.Robots.Select(r => r.Key), finding.RobotKey);
        return new(place, finding.Part, finding.Code, finding.Message) { IsTrigger = finding.IsTrigger };
    }

    private static int IndexOf(IEnumerable<string> keys, string key) => keys.ToList().IndexOf(key);
}

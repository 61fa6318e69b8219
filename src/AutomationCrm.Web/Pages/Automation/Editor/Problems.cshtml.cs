using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>What is wrong with the automation of a pipeline; every line leads to the robot and its part.</summary>
public sealed class ProblemsModel(ISender sender, IPortal portal) : PageModel
{
    public IReadOnlyList<PipelineProblem> Problems { get; private set; } = [];

    public Pipeline Pipeline { get; private set; } = null!;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var id = RouteData.PipelineId();
        Problems = await sender.Send(new InspectPipeline(Kind.TypeId, id), ct);
        Pipeline = portal.Current.Pipeline(Kind.TypeId, id)!;
    }

    public string UrlOf(PipelineProblem problem)
    {
        var address = Address with { Drafts = problem.IsDraft };
        return problem.RobotKey is { } key ? address.Edit(problem.Stage.Id, key, problem.Part) : address.Stage(problem.Stage.Id);
    }
}

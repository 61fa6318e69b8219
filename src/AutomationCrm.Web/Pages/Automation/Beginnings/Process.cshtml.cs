using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Beginnings;

/// <summary>"Otherwise …" and "Ask for approval": shows what a linked process is begun with, and begins it.</summary>
public sealed class ProcessModel(ISender sender, IPortal portal, RobotTexts robots, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "entry")]
    public ProcessEntry Entry { get; set; } = ProcessEntry.Approval;

    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "keys")]
    public string[] Keys { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? OnDone { get; set; }

    [BindProperty(SupportsGet = true, Name = "refused")]
    public string? OnRefused { get; set; }

    public Stage Stage { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    public int Version { get; private set; }

    /// <summary>The robots of the stage, to choose from.</summary>
    public IReadOnlyList<RobotConfig> Robots { get; private set; } = [];

    /// <summary>Null when the choice does not fit; see <see cref="Problem"/>.</summary>
    public ProcessSeed? Seed { get; private set; }

    public string? Problem { get; private set; }

    public bool HasProcesses { get; private set; }

    public string Title => texts[Entry == ProcessEntry.Approval ? "handover.approval" : "handover.otherwise"].Value.TrimEnd('…');

    /// <summary>When the process has something to do, in words.</summary>
    public string Condition => robots.Sentence(Seed?.Condition, Kind.TypeId, Robots) is { Length: > 0 } sentence ? sentence : texts["handover.always"];

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    internal string Moves(string? stage) => stage is null ? texts["handover.stays"] : texts["handover.moves", Pipeline.Find(stage)?.Name ?? stage];

    private ItemKind Kind => RouteData.Kind();

    private ProcessResult Result => new(Given(OnDone), Entry == ProcessEntry.Approval ? Given(OnRefused) : null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        try
        {
            return LocalRedirect(await sender.Send(new BeginProcess(Entry, Kind.TypeId, StageId, version, Keys, Result), ct));
        }
        catch (RuleBrokenException broken)
        {
            Problem = Say(broken);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (!Enum.IsDefined(Entry) || portal.Current.Stage(Kind.TypeId, StageId) is not { } stage
            || portal.Current.Pipeline(Kind.TypeId, RouteData.PipelineId()) is not { } pipeline || pipeline.Id != stage.PipelineId) return false;

        var live = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        (Stage, Pipeline, Version, Robots) = (stage, pipeline, live.Version, live.Config.Robots);
        HasProcesses = await sender.Send(new HasProcesses(), ct);
        try
        {
            Seed = await sender.Send(new PrepareProcess(Entry, Kind.TypeId, StageId, Keys, Result), ct);
        }
        catch (RuleBrokenException broken)
        {
            Problem = Say(broken);
        }

        return true;
    }

    private string Say(RuleBrokenException broken) => texts[$"problem.{broken.Code.Replace('.', '_')}"] is { ResourceNotFound: false } said ? said.Value : broken.Message;

    private static string? Given(string? stage) => string.IsNullOrEmpty(stage) ? null : stage;
}

using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Search;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Trial;

/// <summary>Tries the robots of a stage on a real item without doing anything: what would happen, step by step.</summary>
public sealed class TryModel(ISender sender, IPortal portal, TriggerCatalogue catalogue, IStringLocalizer<Texts> texts, Refusals refusals) : PageModel
{
    private const int MostFound = 8;
    private const int MostSearched = 100;
    private const int ConfigMaxLength = 1_000_000;

    private TriggerChoice? chosen;

    [BindProperty(SupportsGet = true)]
    public string Stage { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    /// <summary>The number of the item, or "title #number" as the search offers it, or words to search by.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    /// <summary>How many days time may be moved.</summary>
    [BindProperty(SupportsGet = true)]
    public int Days { get; set; }

    /// <summary>The stage and the key of the trigger that is tried; empty when the item enters the stage.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Trigger { get; set; }

    /// <summary>What its event tells, one "name = value" a line.</summary>
    [BindProperty]
    public string? Told { get; set; }

    /// <summary>The triggers of the pipeline with their stages.</summary>
    public IReadOnlyList<(string Value, string Label)> Triggers { get; private set; } = [];

    /// <summary>What the chosen trigger tells.</summary>
    public string? FactNames { get; private set; }

    public IReadOnlyList<FoundItemRow> Found { get; private set; } = [];

    public StageTrial? Trial { get; private set; }

    public string? Problem { get; private set; }

    public IReadOnlyList<Stage> Stages { get; private set; } = [];

    /// <summary>Robots of the editor that are not saved, as JSON.</summary>
    public string? Config { get; private set; }

    /// <summary>What outside calls are taken to answer, by robot key.</summary>
    public IReadOnlyDictionary<string, (string Results, bool Fails)> Answers { get; private set; } = new Dictionary<string, (string, bool)>();

    internal ItemKind Kind => RouteData.Kind();

    internal AutomationAddress Address => new(Kind, PipelineId);

    public string PipelineName => portal.Current.Pipeline(Kind.TypeId, PipelineId)?.Name ?? "";

    public string Here => string.Create(CultureInfo.InvariantCulture, $"/automation/{Kind.Path}/{PipelineId}/try");

    private int PipelineId => RouteData.PipelineId();

    public async Task OnGetAsync(CancellationToken ct)
    {
        await PrepareAsync(ct);
        if (!string.IsNullOrWhiteSpace(Item) && PickedId is null) await SearchAsync(ct);
    }

    /// <summary>The editor opens the page with its unsaved robots; nothing is tried yet.</summary>
    public async Task OnPostOpenAsync(string? config, CancellationToken ct)
    {
        Config = config;
        await PrepareAsync(ct);
    }

    public async Task OnPostAsync(string? config, string[]? key, string[]? results, string[]? fails, CancellationToken ct)
    {
        Config = string.IsNullOrWhiteSpace(config) ? null : config;
        Answers = GivenAnswers.Read(key ?? [], results ?? [], fails ?? []);
        await PrepareAsync(ct);
        if (string.IsNullOrWhiteSpace(Item)) Problem = texts["trial.choose_item"];
        else if (PickedId is { } id) await TryAsync(new(Kind.TypeId, id), ct);
        else await SearchAsync(ct);
        if (Problem is not null) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    // "#12 Title" as it is offered, or the number alone.
    private long? PickedId
    {
        get
        {
            var text = Item!.Trim().TrimStart('#');
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            var number = end < 0 ? text : Item.Trim()[0] == '#' ? text[..end] : "";
            return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
    }

    private async Task TryAsync(ItemRef item, CancellationToken ct)
    {
        try
        {
            var (travel, answers) = (TimeSpan.FromDays(Math.Clamp(Days, 0, TryStage.MostTravelDays)), GivenAnswers.ToTrial(Answers));
            Trial = chosen is { } trigger
                ? await sender.Send(trigger.Try(item, Told) with { Travel = travel, Answers = answers }, ct)
                : await sender.Send(new TryStage(item, Stage) { Version = Config is null ? Version : null, Config = ReadConfig(), Travel = travel, Answers = answers }, ct);
        }
        catch (ValidationException refused)
        {
            Problem = refusals.Say(refused);
        }
        catch (Exception refused) when (refused is RuleBrokenException or NotFoundException or ConflictException or JsonException)
        {
            Problem = refused.Message;
        }
    }

    private StageAutomationConfig? ReadConfig()
    {
        if (Config is null) return null;
        if (Config.Length > ConfigMaxLength) throw new JsonException("The robots are too long.");
        return JsonSerializer.Deserialize<StageAutomationConfig>(Config, StageAutomation.Json);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        var now = await portal.FreshAsync(ct);
        var pipeline = now.Pipeline(Kind.TypeId, PipelineId) ?? throw new NotFoundException("Pipeline", PipelineId.ToString(CultureInfo.InvariantCulture));
        Stages = pipeline.Stages;
        Triggers = TriggerChoice.Offered(Stages, now);
        chosen = TriggerChoice.Read(Trigger, Kind.TypeId, now, catalogue);
        if (chosen is { Descriptor: not null }) (Stage, FactNames) = (chosen.StageId, chosen.FactNames);

        if (Stages.All(s => s.Id != Stage)) Stage = Stages.FirstOrDefault(s => now.AutomationOf(s.TypeId, s.Id) is { RobotCount: > 0 })?.Id ?? Stages[0].Id;
    }

    private async Task SearchAsync(CancellationToken ct)
    {
        var hits = await sender.Send(new SearchEverything(Item!.Trim()) { TypeIds = [Kind.TypeId], Take = MostSearched }, ct);
        // An item of another pipeline cannot enter a stage of this one.
        Found = [.. hits.Where(h => h.Stage is null || h.Stage.PipelineId == PipelineId).Take(MostFound).Select(h => new FoundItemRow(h.Item.Id, h.Title))];
        if (Found.Count == 0) Problem = texts["trial.nothing_found"];
    }

    public sealed record FoundItemRow(long Id, string Title);
}

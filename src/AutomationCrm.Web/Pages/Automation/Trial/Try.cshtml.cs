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
        ReadAnswers(key ?? [], results ?? [], fails ?? []);
        await PrepareAsync(ct);
        if (string.IsNullOrWhiteSpace(Item)) Problem = texts["trial.choose_item"];
        else if (PickedId is { } id) await TryAsync(id, ct);
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

    private async Task TryAsync(long id, CancellationToken ct)
    {
        try
        {
            Trial = Trigger is { Length: > 0 } ? await TriggerAsync(id, ct) : await sender.Send(new TryStage(new(Kind.TypeId, id), Stage)
            {
                Version = Config is null ? Version : null,
                Config = ReadConfig(),
                Travel = TimeSpan.FromDays(Math.Clamp(Days, 0, TryStage.MostTravelDays)),
                Answers = GivenAnswers(),
            }, ct);
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

    private Task<StageTrial> TriggerAsync(long id, CancellationToken ct)
    {
        var split = Trigger!.Split('|', 2);
        var lines = (Told ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries)).Where(l => l is [{ Length: > 0 }, _])
            .GroupBy(l => l[0], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last()[1]);
        var changes = Find(split[0], split[^1]) is { Descriptor.Event: TriggerEvents.FieldChanged or TriggerEvents.ResponsibleChanged };
        return sender.Send(new TryTrigger(new(Kind.TypeId, id), split[0], split[^1])
        {
            Facts = changes ? new Dictionary<string, string>() : lines,
            Changes = changes ? lines : new Dictionary<string, string>(),
            Travel = TimeSpan.FromDays(Math.Clamp(Days, 0, TryStage.MostTravelDays)),
            Answers = GivenAnswers(),
        }, ct);
    }

    private ITrigger? Find(string stageId, string key) =>
        portal.Current.AutomationOf(Kind.TypeId, stageId)?.Triggers.FirstOrDefault(t => t.Key == key) is { } plan ? catalogue.Find(plan.Config.Type) : null;

    private Dictionary<string, TrialAnswer> GivenAnswers() =>
        Answers.ToDictionary(a => a.Key, a => new TrialAnswer(!a.Value.Fails, string.IsNullOrWhiteSpace(a.Value.Results) ? null : a.Value.Results));

    private StageAutomationConfig? ReadConfig()
    {
        if (Config is null) return null;
        if (Config.Length > ConfigMaxLength) throw new JsonException("The robots are too long.");
        return JsonSerializer.Deserialize<StageAutomationConfig>(Config, StageAutomation.Json);
    }

    private void ReadAnswers(string[] keys, string[] results, string[] fails)
    {
        var read = new Dictionary<string, (string, bool)>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(keys.Length, TryStage.MostAnswers); i++)
            read[keys[i]] = (results.ElementAtOrDefault(i) ?? "", fails.Contains(keys[i], StringComparer.Ordinal));
        Answers = read;
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        var now = await portal.FreshAsync(ct);
        var pipeline = now.Pipeline(Kind.TypeId, PipelineId) ?? throw new NotFoundException("Pipeline", PipelineId.ToString(CultureInfo.InvariantCulture));
        Stages = pipeline.Stages;
        Triggers = [.. Stages.SelectMany(s => (now.AutomationOf(s.TypeId, s.Id)?.Triggers ?? []).Select(t => ($"{s.Id}|{t.Key}", $"{s.Name}: {t.Config.Name}")))];
        if (Trigger?.Split('|', 2) is [var stage, var key] && Find(stage, key)?.Descriptor is { } chosen)
        {
            Stage = stage;
            FactNames = chosen.Event is TriggerEvents.FieldChanged or TriggerEvents.ResponsibleChanged ? "" : string.Join(", ", chosen.Facts.Select(f => f.Code));
        }

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

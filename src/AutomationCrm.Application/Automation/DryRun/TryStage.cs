using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>
/// A dry run: the item enters the stage and its robots run in one transaction that is rolled back. Outside effects are prepared and not
/// sent, their answers are made up or given; time may be moved forward over waits. For administrators.
/// </summary>
public sealed record TryStage(ItemRef Item, string StageId) : IRequest<StageTrial>
{
    public const int MostTravelDays = 1_100;
    public const int MostAnswers = 100;

    /// <summary>Robots that are not saved; null tries a version.</summary>
    public StageAutomationConfig? Config { get; init; }

    /// <summary>A version, a draft included; null tries the newest published one.</summary>
    public int? Version { get; init; }

    /// <summary>The stage from which it is taken to come; where it stands unless given.</summary>
    public string? FromStageId { get; init; }

    /// <summary>How far time may be moved.</summary>
    public TimeSpan Travel { get; init; }

    /// <summary>By robot key.</summary>
    public IReadOnlyDictionary<string, TrialAnswer> Answers { get; init; } = new Dictionary<string, TrialAnswer>();
}

internal sealed class TryStageValidator : AbstractValidator<TryStage>
{
    public TryStageValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.StageId).NotEmpty().MaximumLength(100).OverridePropertyName("stageId");
        RuleFor(q => q.Travel).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromDays(TryStage.MostTravelDays)).OverridePropertyName("travel");
        RuleFor(q => q.Answers.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("answers");
        RuleForEach(q => q.Answers).Must(a => a.Value.ResultsJson is not { } json || IsObject(json)).OverridePropertyName("answers").Refuses("trial.results", "The results of a robot are a JSON object.");
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

internal sealed class TryStageHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller, AutomationReview review, StageRehearsal rehearsal) : IRequestHandler<TryStage, StageTrial>
{
    public async Task<StageTrial> Handle(TryStage request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "try robots");
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var portal = await gate.FreshAsync(cancellationToken);
        var stage = portal.Stage(item.Ref.TypeId, request.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var version = request.Config is { } config ? await UnsavedAsync(config, item, stage, portal, cancellationToken) : await FindAsync(request, stage, portal, cancellationToken);
        return await rehearsal.RunAsync(request, item, stage, portal.With(version), request.Config is null ? version.Number : null, cancellationToken);
    }

    private async Task<ConfigVersion> UnsavedAsync(StageAutomationConfig config, Item item, Stage stage, PortalSnapshot portal, CancellationToken ct)
    {
        // Saving would draw keys too, but the same trial twice shows the same ones.
        var keyed = config with
        {
            Robots = [.. config.Robots.Select((r, i) => r.Key.Length > 0 ? r : r with { Key = $"new{i + 1}" })],
            Triggers = [.. config.Triggers.Select((t, i) => t.Key.Length > 0 ? t : t with { Key = $"event{i + 1}" })],
        };
        if (await review.ProblemsAsync(keyed, item.Type, stage, portal, ct) is { Count: > 0 } problems)
            throw new ValidationException(problems.Select(p => new ValidationFailure(p.Path, p.Message) { ErrorCode = p.Code }));

        return new()
        {
            Kind = StageAutomation.ConfigKind,
            Key = StageAutomation.KeyOf(stage.TypeId, stage.Id),
            // Beyond every number that a saved version can have.
            Number = int.MaxValue,
            State = ConfigVersion.Published,
            Content = JsonSerializer.Serialize(keyed, StageAutomation.Json),
            AuthorId = caller.PersonId,
        };
    }

    private async Task<ConfigVersion> FindAsync(TryStage request, Stage stage, PortalSnapshot portal, CancellationToken ct)
    {
        var key = StageAutomation.KeyOf(stage.TypeId, stage.Id);
        if (request.Version is not { } number)
            return portal.StageAutomations.GetValueOrDefault(key) ?? throw new RuleBrokenException("stage.empty", $"The stage {stage.Name} has no robots.", "stageId");

        return await db.ConfigVersions.AsNoTracking().FirstOrDefaultAsync(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.Number == number, ct)
            ?? throw new RuleBrokenException("version.unknown", $"There is no version {number}.", "version");
    }
}

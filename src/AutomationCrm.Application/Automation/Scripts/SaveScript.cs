using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Saves a script as its next version, usable at once, and answers its id.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="BasedOn">The version the author saw; a newer one is a conflict.</param>
public sealed record SaveScript(int TypeId, long? Id, ScriptConfig Config, int BasedOn) : IRequest<long>, IOnce;

/// <summary>The scripts of an item type by name; with an id that one alone. Disabled ones for administrators only.</summary>
public sealed record ListScripts(int TypeId, long? Id = null) : IRequest<IReadOnlyList<Script>>;

internal sealed class SaveScriptValidator : AbstractValidator<SaveScript>
{
    public SaveScriptValidator()
    {
        RuleFor(r => r.Config.Name).NotEmpty().MaximumLength(ScriptConfig.NameMaxLength).OverridePropertyName("name");
        RuleFor(r => r.Config.Description).MaximumLength(2_000).OverridePropertyName("description");
        RuleFor(r => r.Config.Parameters).Must(p => p.Count <= 20).Refuses("script.parameters", "A script asks for at most 20 values.")
            .Must(p => p.Select(x => x.Name.ToUpperInvariant()).Distinct().Count() == p.Count).Refuses("script.parameter_twice", "Every value needs a name of its own.").OverridePropertyName("parameters");
        RuleForEach(r => r.Config.Parameters).Must(p => p.Name.Length is > 0 and <= 50 && p.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')).Refuses("script.parameter_name", "A name takes letters, digits and underscores.").OverridePropertyName("parameters");
    }
}

internal sealed class SaveScriptHandler(CrmDbContext db, IPortal portal, IIdSource ids, AutomationReview review, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<SaveScript, long>
{
    public async Task<long> Handle(SaveScript request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure scripts");
        var now = await portal.FreshAsync(cancellationToken);
        var type = now.Type(request.TypeId) ?? throw new RuleBrokenException("type.unknown", $"There is no item type {request.TypeId}.", "entityTypeId");
        var robots = RobotKeys.Complete(new() { Robots = request.Config.Robots }).Robots;
        var config = request.Config with { Robots = robots };
        // Stages of robots are those of the default pipeline; types without stages have none.
        var stage = now.DefaultPipeline(request.TypeId)?.First ?? new Stage(request.TypeId, 0, "", "", "", StageSemantics.Process, 0, 0);
        if (await review.ProblemsAsync(config.AsStage(), type, stage, now, cancellationToken) is { Count: > 0 } problems)
            throw new ValidationException(problems.Select(p => new ValidationFailure($"robots[{p.Robot}].{p.Setting}", p.Message) { ErrorCode = p.Code }));

        var id = request.Id ?? await ids.NextRowIdAsync(cancellationToken);
        var key = ScriptConfig.KeyOf(request.TypeId, id);
        var newest = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == ScriptConfig.ConfigKind && v.Key == key).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
        if ((newest?.Number ?? 0) != request.BasedOn) throw new ConflictException($"{now.PersonName(newest?.AuthorId ?? 0)} saved this script in the meantime.", newest?.AuthorId ?? 0, ["robots"]);

        db.ConfigVersions.Add(new()
        {
            Kind = ScriptConfig.ConfigKind,
            Key = key,
            Number = request.BasedOn + 1,
            State = ConfigVersion.Published,
            Content = config.Write(),
            AuthorId = caller.PersonId,
            At = clock.GetUtcNow(),
        });
        await db.SaveConfigurationAsync(cancellationToken);
        return id;
    }
}

internal sealed class ListScriptsHandler(CrmDbContext db, Caller caller) : IRequestHandler<ListScripts, IReadOnlyList<Script>>
{
    public async Task<IReadOnlyList<Script>> Handle(ListScripts request, CancellationToken cancellationToken)
    {
        var prefix = request.Id is { } id ? ScriptConfig.KeyOf(request.TypeId, id) : $"{request.TypeId}:";
        var rows = await db.ConfigVersions.AsNoTracking()
            .Where(v => v.Kind == ScriptConfig.ConfigKind && (request.Id == null ? v.Key.StartsWith(prefix) : v.Key == prefix))
            .GroupBy(v => v.Key).Select(g => g.OrderByDescending(v => v.Number).First()).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(v => new Script(long.Parse(v.Key.AsSpan(v.Key.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture), request.TypeId, v.Number, ScriptConfig.Parse(v.Content), v.AuthorId, v.At))
                .Where(s => s.Config.Enabled || caller.IsAdmin).OrderBy(s => s.Config.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
    }
}

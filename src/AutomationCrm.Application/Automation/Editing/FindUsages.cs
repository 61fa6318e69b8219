using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Which live robots, triggers, conditions and scripts name a field of an item type.</summary>
public sealed record FindFieldUsages(int TypeId, string Field) : IRequest<IReadOnlyList<Usage>>;

/// <summary>Which live robots, triggers, conditions and scripts name a person.</summary>
public sealed record FindPersonUsages(long PersonId) : IRequest<IReadOnlyList<Usage>>;

/// <summary>How often each field of an item type is named, by code.</summary>
public sealed record CountFieldUsages(int TypeId) : IRequest<IReadOnlyDictionary<string, int>>;

/// <param name="Stage">Null for a script.</param>
/// <param name="Place">A setting's code, condition or delay.</param>
/// <param name="Writes">It changes the field.</param>
public sealed record Usage(ItemType Type, Stage? Stage, Pipeline? Pipeline, long? ScriptId, string OwnerName, string Key, string Name, bool IsTrigger, string RobotType, string Place, bool Writes);

internal sealed class FindFieldUsagesHandler(UsageReader reader, IPortal portal, IAccess access, Caller caller) : IRequestHandler<FindFieldUsages, IReadOnlyList<Usage>>
{
    public async Task<IReadOnlyList<Usage>> Handle(FindFieldUsages request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        await portal.FreshAsync(cancellationToken);
        return [.. (await reader.AllAsync(cancellationToken)).Where(u => reader.FieldOf(u) is { } field && field == (request.TypeId, request.Field)).Select(u => u.Usage)];
    }
}

internal sealed class FindPersonUsagesHandler(UsageReader reader, IPortal portal, IAccess access, Caller caller) : IRequestHandler<FindPersonUsages, IReadOnlyList<Usage>>
{
    public async Task<IReadOnlyList<Usage>> Handle(FindPersonUsages request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        await portal.FreshAsync(cancellationToken);
        var code = request.PersonId.ToString(CultureInfo.InvariantCulture);
        return [.. (await reader.AllAsync(cancellationToken)).Where(u => u.Reference.Kind == ReferenceKind.Person && u.Reference.Code == code).Select(u => u.Usage)];
    }
}

internal sealed class CountFieldUsagesHandler(UsageReader reader, IPortal portal, IAccess access, Caller caller) : IRequestHandler<CountFieldUsages, IReadOnlyDictionary<string, int>>
{
    public async Task<IReadOnlyDictionary<string, int>> Handle(CountFieldUsages request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        await portal.FreshAsync(cancellationToken);
        return (await reader.AllAsync(cancellationToken)).Select(reader.FieldOf).Where(f => f?.TypeId == request.TypeId).GroupBy(f => f!.Value.Code).ToDictionary(g => g.Key, g => g.Count());
    }
}

/// <summary>All references of everything that is live, each with the place where it stands.</summary>
internal sealed class UsageReader(CrmDbContext db, IPortal portal, RobotCatalogue robots)
{
    public async Task<IReadOnlyList<(AutomationReference Reference, Usage Usage)>> AllAsync(CancellationToken ct)
    {
        var now = portal.Current;
        var found = new List<(AutomationReference, Usage)>();
        foreach (var pipeline in now.Pipelines)
            foreach (var stage in pipeline.Stages)
                if (now.AutomationOf(stage.TypeId, stage.Id) is { } live)
                    found.AddRange(Of(live.Config, (r, type) => new(now.Type(stage.TypeId)!, stage, pipeline, null, stage.Name, r.Key, r.Name, r.IsTrigger, type, r.Place, r.Writes)));

        var rows = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == ScriptConfig.ConfigKind).GroupBy(v => v.Key).Select(g => g.OrderByDescending(v => v.Number).First()).ToListAsync(ct);
        foreach (var row in rows)
        {
            var (script, parts) = (ScriptConfig.Parse(row.Content), row.Key.Split(':'));
            if (now.Type(int.Parse(parts[0], CultureInfo.InvariantCulture)) is not { } type) continue;
            var id = long.Parse(parts[1], CultureInfo.InvariantCulture);
            found.AddRange(Of(script.AsStage(), (r, robot) => new(type, null, null, id, script.Name, r.Key, r.Name, false, robot, r.Place, r.Writes)));
        }

        return found;
    }

    /// <summary>The field a reference names, also through links; null when it is none.</summary>
    public (int TypeId, string Code)? FieldOf((AutomationReference Reference, Usage Usage) found) =>
        found.Reference.Kind == ReferenceKind.Field && FieldPath.Find(found.Usage.Type, found.Reference.Code, portal.Current.Type) is { } field ? (field.Type.Id, field.Field.Code) : null;

    private IEnumerable<(AutomationReference, Usage)> Of(StageAutomationConfig config, Func<AutomationReference, string, Usage> make) =>
        AutomationReferences.Of(config, robots).Select(r => (r, make(r, config.Robots.FirstOrDefault(x => x.Key == r.Key)?.Type ?? "")));
}

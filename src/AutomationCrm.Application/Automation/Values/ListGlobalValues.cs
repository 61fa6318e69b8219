using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>All global values by name, with who uses them. Administrators only.</summary>
public sealed record ListGlobalValues : IRequest<IReadOnlyList<GlobalValueLine>>;

/// <param name="UsedBy">Robots on stages that name it, published versions only.</param>
public sealed record GlobalValueLine(GlobalValue Value, string UpdatedBy, IReadOnlyList<ValueUse> UsedBy);

public sealed record ValueUse(Stage Stage, string Robot, string RobotKey);

/// <summary>One global value with its former values, newest first. Administrators only.</summary>
public sealed record GetGlobalValue(string Code) : IRequest<GlobalValueView>;

/// <param name="History">At most 50.</param>
public sealed record GlobalValueView(GlobalValue Value, IReadOnlyList<ValueUse> UsedBy, IReadOnlyList<(GlobalValueChange Change, string Who)> History);

internal sealed class ListGlobalValuesHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListGlobalValues, IReadOnlyList<GlobalValueLine>>
{
    public async Task<IReadOnlyList<GlobalValueLine>> Handle(ListGlobalValues request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see global values");
        var portal = await gate.FreshAsync(cancellationToken);
        var values = await db.GlobalValues.AsNoTracking().OrderBy(g => g.Name).ThenBy(g => g.Code).ToListAsync(cancellationToken);
        var uses = ValueUses.Find(portal);
        return [.. values.Select(v => new GlobalValueLine(v, portal.PersonName(v.UpdatedBy), [.. uses[v.Code]]))];
    }
}

internal sealed class GetGlobalValueHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetGlobalValue, GlobalValueView>
{
    private const int MostChanges = 50;

    public async Task<GlobalValueView> Handle(GetGlobalValue request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see global values");
        var portal = await gate.FreshAsync(cancellationToken);
        var code = portal.GlobalValues.GetValueOrDefault(request.Code)?.Code ?? throw new NotFoundException("Global value", request.Code);
        var value = await db.GlobalValues.AsNoTracking().FirstOrDefaultAsync(g => g.Code == code, cancellationToken) ?? throw new NotFoundException("Global value", request.Code);
        var history = await db.GlobalValueChanges.AsNoTracking().Where(c => c.Code == code).OrderByDescending(c => c.Version).Take(MostChanges).ToListAsync(cancellationToken);
        return new(value, [.. ValueUses.Find(portal)[code]], [.. history.Select(c => (c, portal.PersonName(c.ActorId)))]);
    }
}

/// <summary>Where robots of the newest published versions name a global value.</summary>
internal static class ValueUses
{
    public static ILookup<string, ValueUse> Find(PortalSnapshot portal)
    {
        var uses = new List<(string Code, ValueUse Use)>();
        foreach (var stage in portal.Pipelines.SelectMany(p => p.Stages))
        {
            if (portal.AutomationOf(stage.TypeId, stage.Id) is not { } automation) continue;
            foreach (var plan in automation.Tracks.SelectMany(t => t)) uses.AddRange(CodesOf(plan).Select(code => (code, new ValueUse(stage, plan.Name, plan.Key))));
        }

        return uses.ToLookup(u => u.Code, u => u.Use, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> CodesOf(RobotPlan plan) =>
        plan.References
            .Select(path => (Path: path, Colon: path.IndexOf(':')))
            .Where(p => p.Colon > 0 && p.Path[..p.Colon] is GlobalVariables.Root or GlobalConstants.Root)
            .Select(p => p.Path[(p.Colon + 1)..])
            .Concat(plan.Constants.TryGetValue("global", out var code) && code.Length > 0 ? [code] : [])
            .Distinct(StringComparer.OrdinalIgnoreCase);
}

using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Portal;

internal sealed class Portal(IServiceScopeFactory scopes) : IPortal, IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile PortalSnapshot? current;

    public PortalSnapshot Current => current ?? throw new InvalidOperationException("The configuration has not been loaded yet.");

    public ValueTask<PortalSnapshot> AtLeastAsync(long stamp, CancellationToken ct) =>
        current is { } snapshot && snapshot.Stamp >= stamp ? new(snapshot) : new(LoadAsync(stamp, ct));

    public async Task<PortalSnapshot> FreshAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var stamp = await db.ConfigurationStamps.AsNoTracking().Select(s => s.Value).SingleAsync(ct);
        return await AtLeastAsync(stamp, ct);
    }

    public void Dispose() => loading.Dispose();

    private async Task<PortalSnapshot> LoadAsync(long stamp, CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            if (current is { } snapshot && snapshot.Stamp >= stamp) return snapshot;

            await using var scope = scopes.CreateAsyncScope();
            return current = await ReadAsync(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), ct);
        }
        finally
        {
            loading.Release();
        }
    }

    private static async Task<PortalSnapshot> ReadAsync(CrmDbContext db, CancellationToken ct)
    {
        // The stamp first: a change that comes in between is then seen by the next comparison.
        var stamp = await db.ConfigurationStamps.AsNoTracking().Select(s => s.Value).SingleAsync(ct);
        var stages = await db.Stages.AsNoTracking().OrderBy(s => s.Sort).ToListAsync(ct);
        var pipelines = await db.Pipelines.AsNoTracking().OrderBy(p => p.TypeId).ThenBy(p => p.Sort).ThenBy(p => p.Id).ToListAsync(ct);
        var people = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        var departments = await db.Departments.AsNoTracking().ToDictionaryAsync(d => d.Id, ct);
        var currencies = await db.Currencies.AsNoTracking().ToListAsync(ct);
        var newest = await db.ConfigVersions.AsNoTracking()
            .Where(v => v.Kind == StageAutomation.ConfigKind && v.State == ConfigVersion.Published)
            .GroupBy(v => v.Key)
            .Select(g => g.OrderByDescending(v => v.Number).First())
            .ToListAsync(ct);
        var gates = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageGateConfig.ConfigKind).GroupBy(v => v.Key).Select(g => g.OrderByDescending(v => v.Number).First()).ToListAsync(ct);
        var calendar = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == CalendarConfig.ConfigKind && v.State == ConfigVersion.Published).OrderByDescending(v => v.Number).Select(v => v.Content).FirstOrDefaultAsync(ct);
        var globals = await db.GlobalValues.AsNoTracking().ToDictionaryAsync(g => g.Code, StringComparer.OrdinalIgnoreCase, ct);
        return new(
            stamp,
            ItemType.BuiltIn,
            [.. pipelines.Select(p => new Pipeline(p.TypeId, p.Id, p.Name, p.Sort, p.IsDefault, [.. stages.Where(s => s.TypeId == p.TypeId && s.PipelineId == p.Id).Select(ToStage)]))],
            people,
            departments,
            currencies.ToDictionary(c => c.Code, c => c.Rate),
            currencies.Find(c => c.IsBase)?.Code ?? "EUR",
            newest.ToDictionary(v => v.Key))
        {
            GlobalValues = globals,
            Gates = gates.ToDictionary(v => v.Key, v => StageGateConfig.Parse(v.Content)),
            Pauses = await db.AutomationPauses.AsNoTracking().Where(p => p.ResumedAt == null).OrderBy(p => p.Id).ToListAsync(ct),
            Calendar = calendar is null ? PortalCalendar.Default : (JsonSerializer.Deserialize<CalendarConfig>(calendar, CalendarConfig.Json) ?? new()).Compile(),
        };
    }

    private static Stage ToStage(StageRow row) =>
        new(row.TypeId, row.PipelineId, row.Id, row.Name, row.Color, Stage.SemanticsOf(row.Semantics), row.Sort, row.Probability);
}

using System.Text.Json;
using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Import.Running;

/// <summary>
/// Starts the robots of stages with "on import" for items that an import has put there, page by page in a lane of the import's own.
/// Bitrix24 never starts robots for imported items (reference 1.4); here a stage may ask for it.
/// </summary>
internal sealed class StartImportedJob(CrmDbContext db, UnitOfWork work, IPortal portal, StageChangeDispatcher dispatcher) : IJobHandler
{
    public const string Kind = "import.start";

    /// <summary>Beyond all item types, so that no item waits for it.</summary>
    private const int LaneKind = 0xFFFFD;

    string IJobHandler.Kind => Kind;

    /// <summary>The timer for a chunk's items, written in one transaction with them; none when no stage asks.</summary>
    public static IEnumerable<TimerRow> For(long importId, ImportChunk chunk, PortalSnapshot portal, ImportPace pace)
    {
        foreach (var ofType in chunk.Items.Where(i => i.Type.HasStages && Wanted(portal, i) is not null).GroupBy(i => i.Ref.TypeId))
        {
            long[] ids = [.. ofType.Select(i => i.Ref.Id)];
            yield return new()
            {
                Id = Guid.CreateVersion7(chunk.Now),
                DueAt = pace.Take(ids.Length, chunk.Now),
                LaneId = LaneId.Of(new(LaneKind, importId)).Number,
                JobKind = Kind,
                Args = JsonSerializer.Serialize(new Page(ofType.Key, chunk.AuthorId, ids)),
            };
        }
    }

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await portal.FreshAsync(ct);

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var page = JsonSerializer.Deserialize<Page>(job.Args)!;
        var now = page.Items.Take(ImportPace.ItemsAtOnce).ToList();
        await work.LoadItemsAsync([.. now.Select(id => new ItemRef(page.TypeId, id))], ct);
        var met = await db.Runs.AsNoTracking().Where(r => r.TypeId == page.TypeId && now.Contains(r.ItemId) && r.StartedBy == null).Select(r => new { r.ItemId, r.StageId }).ToListAsync(ct);
        // A job of the same batch has planned these.
        met.AddRange(work.Changes.NewRuns.Where(r => r.TypeId == page.TypeId && r.StartedBy == null).Select(r => new { r.ItemId, r.StageId }));

        work.Caller.Become(page.AuthorId, isAdmin: true, Origin.Import);
        foreach (var id in now)
        {
            // Who was moved meanwhile has met the robots of where it stands now.
            if (await work.FindItemAsync(new(page.TypeId, id), ct) is not { } item || met.Exists(r => r.ItemId == id && r.StageId == item.StageId)) continue;
            if (Wanted(work.Portal, item) is { } automation && work.Portal.Stage(page.TypeId, item.StageId) is { } stage)
                await dispatcher.StartAsync(new(item.Version, null), item, stage, automation, null, work, ct);
        }

        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        GoOn(job, page);
    }

    /// <summary>A page that cannot be written waits for a person as an incident of its first item; the rest goes on.</summary>
    public async Task FailAsync(Job job, string message, CancellationToken ct)
    {
        var page = JsonSerializer.Deserialize<Page>(job.Args)!;
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = job.Lane.Number,
            TypeId = page.TypeId,
            ItemId = page.Items[0],
            Code = "import.start_failed",
            Message = message.Replace('\0', '\uFFFD'),
            JobKind = Kind,
            Args = JsonSerializer.Serialize(page with { Items = [.. page.Items.Take(ImportPace.ItemsAtOnce)] }),
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
        GoOn(job, page);
    }

    private static StageAutomation? Wanted(PortalSnapshot portal, Item item) =>
        item.StageId is { Length: > 0 } stage && portal.AutomationOf(item.Ref.TypeId, stage) is { Config.OnImport: true } automation && automation.CountOf(null) > 0 ? automation : null;

    private void GoOn(Job job, Page page)
    {
        if (page.Items.Count <= ImportPace.ItemsAtOnce) return;

        var rest = JsonSerializer.Serialize(page with { Items = [.. page.Items.Skip(ImportPace.ItemsAtOnce)] });
        work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), work.Now + ImportPace.Pause, job.Lane, null, null, Kind, rest));
    }

    private sealed record Page(int TypeId, long AuthorId, IReadOnlyList<long> Items);
}

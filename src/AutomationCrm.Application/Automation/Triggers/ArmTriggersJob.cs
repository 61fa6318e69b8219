using System.Text.Json;
using System.Text.Json.Serialization;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// Sets the timers of date and idle triggers and of deadlines for items that no reaction has seen with them: those that were there before
/// the trigger, and those an import has brought. Page by page, in a lane of the pipeline's own.
/// </summary>
internal sealed class ArmTriggersJob(CrmDbContext db, UnitOfWork work, IPortal portal, IItemReader reader, TriggerIndex.Book book, TriggerDesk desk) : IJobHandler
{
    public const string Kind = "trigger.arm";

    /// <summary>Items whose moments may come at once; those of the next come a second later.</summary>
    public const int ItemsAtOnce = 20;

    private const int PageSize = 200;

    string IJobHandler.Kind => Kind;

    // No item is loaded here whose configuration would bring the new triggers to this node.
    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await portal.FreshAsync(ct);

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var args = JsonSerializer.Deserialize<Page>(job.Args)!;
        var places = book.Of(work.Portal).TimedOf(args.TypeId, args.PipelineId);
        var tasks = book.Of(work.Portal).Of(args.TypeId, args.PipelineId, HappeningCodes.TaskOverdue).Count > 0;
        if (places.Count == 0 && !tasks) return;

        var page = await reader.ListAsync(new ItemQuery(args.TypeId, args.Filter) { Order = [new(FieldCodes.Id)], AfterId = args.AfterId, Limit = PageSize }, ItemScope.All, ct);
        foreach (var (index, item) in page.Items.Index())
        {
            // Activity is read when the timer fires; here the last change is near enough.
            var seen = new TimedItem(item, work.Portal, item[FieldCodes.UpdatedAt] is InstantValue updated ? updated.At : work.Now);
            foreach (var place in places) TriggerTimers.SetFirst(place, seen, work.Now, args.SpreadOf(index), work.Changes);
        }

        if (tasks) await ArmTasksAsync(args, page.Items, ct);
        if (page.HasMore) work.Changes.Add(work.Changes.Jobs, new NewJob(job.Lane, Kind, JsonSerializer.Serialize(args with { AfterId = page.Items[^1].Ref.Id, Spread = args.SpreadOf(page.Items.Count) })));
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => desk.ReportAsync(job.Lane.Item, message, job, ct);

    // Tasks written by a command have their timer; it stays.
    private async Task ArmTasksAsync(Page args, IReadOnlyList<Item> items, CancellationToken ct)
    {
        var places = items.Index().ToDictionary(i => i.Item.Ref.Id, i => i.Index);
        List<long?> ids = [.. places.Keys];
        var open = await db.Tasks.AsNoTracking()
            .Where(t => t.TypeId == args.TypeId && ids.Contains(t.ItemId) && t.State == TaskState.Open && t.Deadline != null && !db.TaskDeadlines.Any(d => d.TaskId == t.Id && d.Deadline == t.Deadline))
            .ToListAsync(ct);
        foreach (var task in open) TaskDeadlines.SetFirst(task, work.Now + args.SpreadOf(places[task.ItemId!.Value]), work.Changes);
    }

    /// <param name="UntilId">The last item; null for all.</param>
    /// <param name="Spread">How much later than now the first item's moments may come, so that many do not come at once.</param>
    internal sealed record Page(int TypeId, int PipelineId, long? AfterId, long? UntilId = null, TimeSpan Spread = default)
    {
        /// <summary>Beyond all item types, so that no item waits for it.</summary>
        private const int LaneKind = 0xFFFFE;

        [JsonIgnore]
        public FilterNode Filter
        {
            get
            {
                var here = FilterNode.Compare(FieldCodes.Pipeline, FilterOp.Equal, Value.Of((decimal)PipelineId));
                return UntilId is { } last ? FilterNode.All(here, FilterNode.Compare(FieldCodes.Id, FilterOp.LessOrEqual, Value.Of((decimal)last))) : here;
            }
        }

        public TimeSpan SpreadOf(int index) => Spread + TimeSpan.FromSeconds(index / ItemsAtOnce);

        /// <summary>Written with the configuration or the items in one commit, so that no crash comes between the two.</summary>
        public TimerRow ToTimer(DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            DueAt = now,
            LaneId = LaneId.Of(new ItemRef(LaneKind, ((long)TypeId << 20) | (uint)PipelineId)).Number,
            JobKind = Kind,
            Args = JsonSerializer.Serialize(this),
        };
    }
}

using System.Text.Json;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Sets the timers of date and idle triggers for the items that are there already, page by page in a lane of the pipeline's own.</summary>
internal sealed class ArmTriggersJob(UnitOfWork work, IPortal portal, IItemReader reader, TriggerIndex.Book book, TriggerDesk desk) : IJobHandler
{
    public const string Kind = "trigger.arm";
    private const int PageSize = 200;

    string IJobHandler.Kind => Kind;

    // No item is loaded here whose configuration would bring the new triggers to this node.
    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await portal.FreshAsync(ct);

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var args = JsonSerializer.Deserialize<Page>(job.Args)!;
        var places = book.Of(work.Portal).TimedOf(args.TypeId, args.PipelineId);
        if (places.Count == 0) return;

        var filter = FilterNode.Compare(FieldCodes.Pipeline, FilterOp.Equal, Value.Of((decimal)args.PipelineId));
        var page = await reader.ListAsync(new ItemQuery(args.TypeId, filter) { Order = [new(FieldCodes.Id)], AfterId = args.AfterId, Limit = PageSize }, ItemScope.All, ct);
        foreach (var item in page.Items)
        {
            // Activity is read when the timer fires; here the last change is near enough.
            var seen = new TimedItem(item, work.Portal, item[FieldCodes.UpdatedAt] is InstantValue updated ? updated.At : work.Now);
            foreach (var place in places) TriggerTimers.SetFirst(place, seen, work.Now, work.Changes);
        }

        if (page.HasMore) work.Changes.Add(work.Changes.Jobs, new NewJob(job.Lane, Kind, JsonSerializer.Serialize(args with { AfterId = page.Items[^1].Ref.Id })));
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => desk.ReportAsync(job.Lane.Item, message, job, ct);

    internal sealed record Page(int TypeId, int PipelineId, long? AfterId)
    {
        /// <summary>Beyond all item types, so that no item waits for it.</summary>
        private const int LaneKind = 0xFFFFE;

        /// <summary>Written with the configuration in one commit, so that no crash comes between the two.</summary>
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

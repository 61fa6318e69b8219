using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Something has happened to the item of this lane: a client's event is passed on, an item's triggers are asked.</summary>
internal sealed class TriggerJob(UnitOfWork work, TriggerDesk desk, ClientSpread spread, LinkedItems linked) : IJobHandler
{
    public string Kind => TriggerCall.Kind;

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct).AsTask();

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var call = TriggerCall.Parse(job.Args);
        if (await work.FindItemAsync(job.Lane.Item, ct) is not { } item) return;

        if (!item.Type.HasStages)
        {
            await spread.PassOnAsync(item.Ref, call, work, ct);
            return;
        }

        var happened = call.ToEvent();
        if (happened.Code == TriggerEvents.LinkedClosed && !await linked.AllClosedAsync(item, happened.Text(LinkedItems.What), work, ct)) return;

        await desk.AskAsync(item, happened, job, call.By, ChainHeader.Read(call.Chain), ct);
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => desk.ReportAsync(job.Lane.Item, message, job, ct);
}

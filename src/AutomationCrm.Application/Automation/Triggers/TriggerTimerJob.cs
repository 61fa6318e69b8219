using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A date or idle trigger's moment has come: it is computed again and only then told to the trigger.</summary>
internal sealed class TriggerTimerJob(UnitOfWork work, TriggerIndex.Book book, TriggerDesk desk, ItemActivity activity) : IJobHandler
{
    public const string Kind = "trigger.timer";

    string IJobHandler.Kind => Kind;

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct).AsTask();

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var timer = TriggerTimer.Parse(job.Args);
        if (await work.FindItemAsync(job.Lane.Item, ct) is not { } item) return;

        var place = book.Of(work.Portal).TimedOf(item.Ref.TypeId, item.PipelineId).FirstOrDefault(p => p.Stage.Id == timer.Stage && p.Plan.Key == timer.Key);
        if (place is null || TriggerTimers.Settings(place) is not { } settings) return;

        var (type, seen) = ((ITimedTrigger)place.Type, new TimedItem(item, work.Portal, await activity.OfAsync(item, ct)));
        if (!TriggerTimers.Awaits(place, seen) || type.DueOf(settings, seen) is not { } due) return;

        if (due > timer.Due && due != timer.Fired)
        {
            // The moment has moved since the timer was set.
            Again(place, item, due, timer.Fired);
            return;
        }

        if (due != timer.Fired) await FireAsync(place, type, settings, item, due, job, ct);
        else if (type.AgainAfter(settings) is { } pause) Again(place, item, work.Now + pause, timer.Fired);
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => desk.ReportAsync(job.Lane.Item, message, job, ct);

    private async Task FireAsync(TriggerPlace place, ITimedTrigger type, object settings, Item item, DateTimeOffset due, Job job, CancellationToken ct)
    {
        var facts = new Dictionary<string, Value>
        {
            ["Due"] = Value.Of(due),
            ["ResponsibleId"] = new UserValue(item.ResponsibleId),
            ["SupervisorId"] = work.Portal.SupervisorOf(item.ResponsibleId) is { } head ? new UserValue(head.Id) : Value.Null,
        };
        var happened = TriggerEvent.Of(type.Descriptor.Event, facts) with { OnlyKey = place.Plan.Key };
        var answered = await desk.AskAsync(item, happened, job, Caller.SystemId, null, ct);
        var moved = answered && place.Plan.Config.Move;
        if (!moved && type.AgainAfter(settings) is { } pause) Again(place, item, work.Now + pause, answered ? due : null);
    }

    private void Again(TriggerPlace place, Item item, DateTimeOffset at, DateTimeOffset? fired) =>
        work.Changes.Add(work.Changes.MovedTimers, TriggerTimers.Timer(TriggerTimers.IdOf(item.Ref, place), place, item.Ref, at, fired));
}

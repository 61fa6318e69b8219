using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>One dry run under way: its world, its transaction, what is told of it, and what is still to be done.</summary>
internal sealed class RehearsalPlay(Rehearsal world, IRehearsalTransaction transaction, TrialRecord record)
{
    private readonly Queue<NewJob> jobs = new();
    private readonly Queue<Delivery> deliveries = new();
    private readonly PriorityQueue<NewTimer, DateTimeOffset> timers = new();

    public Rehearsal World { get; } = world;

    public IRehearsalTransaction Transaction { get; } = transaction;

    public TrialRecord Record { get; } = record;

    public void Add(NewJob job) => jobs.Enqueue(job);

    /// <summary>What a step has left to be done.</summary>
    public void Add(ChangeSet changes)
    {
        foreach (var job in changes.Jobs) jobs.Enqueue(job);
        foreach (var timer in changes.Timers) timers.Enqueue(timer, timer.DueAt);
        foreach (var delivery in changes.NewDeliveries) deliveries.Enqueue(delivery);
    }

    /// <summary>Job after job in the order of their making, then answers of outside calls, then the next timer up to <paramref name="until"/>, to which time is moved; null when nothing is left.</summary>
    public Job? Next(DateTimeOffset until, Func<Delivery, NewJob> answer)
    {
        if (jobs.TryDequeue(out var job)) return Of(job);
        if (deliveries.TryDequeue(out var delivery)) return Of(answer(delivery));
        if (!timers.TryPeek(out var timer, out var due) || due > until) return null;

        timers.Dequeue();
        if (due > World.Now) World.Now = due;
        return new(timer.Lane, 0, timer.Kind, timer.Args);
    }

    private static Job Of(NewJob job) => new(job.Lane, 0, job.Kind, job.Args);
}

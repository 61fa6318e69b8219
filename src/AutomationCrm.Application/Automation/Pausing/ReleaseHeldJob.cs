using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Pausing;

/// <summary>After a pause: puts what waited back into its lanes in the order in which it came, a few steps a second, in a lane of the pause's own.</summary>
internal sealed class ReleaseHeldJob(CrmDbContext db, IUnitOfWork work) : IJobHandler
{
    public const string Kind = "pause.release";
    public const int StepsAtOnce = 50;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Beyond all item types, so that no item waits for it.</summary>
    private const int LaneKind = 0xFFFFC;

    string IJobHandler.Kind => Kind;

    public static TimerRow ToTimer(long pause, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), DueAt = now, LaneId = LaneId.Of(new(LaneKind, pause)).Number, JobKind = Kind, Args = "{}" };

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => Task.CompletedTask;

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var pause = job.Lane.Key;
        var held = await db.HeldJobs.AsNoTracking().Where(h => h.PauseId == pause).OrderBy(h => h.Id).Take(StepsAtOnce + 1).ToListAsync(ct);
        foreach (var step in held.Take(StepsAtOnce))
        {
            work.Changes.Add(work.Changes.ReleasedJobs, step.Id);
            work.Changes.Add(work.Changes.Jobs, new NewJob(new LaneId(step.LaneId), step.JobKind, step.Args));
            work.Hint(Topics.Item(new LaneId(step.LaneId).Item));
        }

        if (held.Count > StepsAtOnce) work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), work.Now + Pause, job.Lane, null, null, Kind, "{}"));
    }

    /// <summary>Nothing is lost: the steps stay held until a person has it tried again.</summary>
    public async Task FailAsync(Job job, string message, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = job.Lane.Number,
            Code = "pause.release_failed",
            Message = message.Replace('\0', '\uFFFD'),
            JobKind = Kind,
            Args = job.Args,
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
    }
}

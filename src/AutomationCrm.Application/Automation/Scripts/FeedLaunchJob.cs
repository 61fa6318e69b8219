using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Gives the next items of a launch their runs and comes back after a pause: so many a second and no more, whatever the launch's size.</summary>
internal sealed class FeedLaunchJob(CrmDbContext db, IUnitOfWork work) : IJobHandler
{
    public const string Kind = "launch.feed";
    public const int ItemsAtOnce = 20;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    string IJobHandler.Kind => Kind;

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => Task.CompletedTask;

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var id = job.Lane.Key;
        if (await db.Launches.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id && l.State == LaunchState.Running, ct) is not { } launch) return;

        var next = await db.LaunchItems.AsNoTracking().Where(i => i.LaunchId == id && i.RunId == null && i.Reason == null).OrderBy(i => i.Position).Take(ItemsAtOnce + 1).ToListAsync(ct);
        var automation = StageAutomation.Parse(0, launch.Content);
        await work.LoadItemsAsync([.. next.Take(ItemsAtOnce).Select(i => new ItemRef(launch.TypeId, i.ItemId))], ct);
        foreach (var one in next.Take(ItemsAtOnce)) await StartAsync(launch, automation, one, ct);

        if (next.Count > ItemsAtOnce) work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), work.Now + Pause, job.Lane, null, null, Kind, "{}"));
        else work.Changes.Add(work.Changes.LaunchChanges, new LaunchChange(id, LaunchState.Fed));
        work.Hint(Topics.Launches);
    }

    /// <summary>The launch stands still until a person has it tried again, or skips it, which terminates the rest.</summary>
    public async Task FailAsync(Job job, string message, CancellationToken ct)
    {
        var name = await db.Launches.AsNoTracking().Where(l => l.Id == job.Lane.Key).Select(l => l.Name).FirstOrDefaultAsync(ct);
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = job.Lane.Number,
            Code = "launch.failed",
            Message = $"{name}: {message}".Replace('\0', '\uFFFD'),
            JobKind = Kind,
            Args = job.Args,
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
        work.Hint(Topics.Launches);
    }

    private async Task StartAsync(Launch launch, StageAutomation automation, LaunchItem one, CancellationToken ct)
    {
        var item = await work.FindItemAsync(new(launch.TypeId, one.ItemId), ct);
        var reason = item is null ? "item.deleted" : launch.StageId is { } stage && item.StageId != stage ? "stage.left" : null;
        if (reason is not null)
        {
            work.Changes.Add(work.Changes.LaunchSteps, new LaunchStep(launch.Id, one.Position, null, reason));
            return;
        }

        var run = new Run
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item!.Ref.TypeId,
            ItemId = item.Ref.Id,
            PipelineId = item.PipelineId,
            StageId = item.StageId ?? "",
            ConfigVersion = 0,
            ItemVersion = item.Version,
            ChainId = Guid.CreateVersion7(work.Now),
            ChainCount = automation.RobotCount,
            Cause = launch.ScriptId is null ? "apply" : "script",
            ActorId = launch.AuthorId,
            RunAs = Caller.SystemId,
            StartedBy = Launch.Starter,
            Facts = launch.Facts,
            LaunchId = launch.Id,
            State = RunState.Running,
            OpenTracks = automation.Tracks.Count,
            StartedAt = work.Now,
        };
        work.Changes.Add(work.Changes.NewRuns, run);
        work.Changes.Add(work.Changes.LaunchSteps, new LaunchStep(launch.Id, one.Position, run.Id, null));
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), StartRunJob.Kind, StartRunJob.Args(run.Id)));
        work.Hint(Topics.Item(item.Ref));
    }
}

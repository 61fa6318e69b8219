using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>An item has gone to a stage without robots, or is deleted: what the former stage left waiting is stopped.</summary>
internal sealed class LeaveStageJob(RunMemory memory, StageLeaver leaver, IUnitOfWork work) : IJobHandler
{
    public const string Kind = "run.leave";

    string IJobHandler.Kind => Kind;

    public static string Args(long itemVersion) => string.Create(CultureInfo.InvariantCulture, $"{{\"version\":{itemVersion}}}");

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);
        await memory.LoadActiveAsync([.. jobs.Select(j => j.Lane.Item)], ct);
    }

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        using var args = JsonDocument.Parse(job.Args);
        await leaver.LeaveAsync(job.Lane.Item, args.RootElement.GetProperty("version").GetInt64(), ct);
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => Task.CompletedTask;
}

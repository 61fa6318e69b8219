using System.Text.Json;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>The deadline of a task has come.</summary>
internal sealed class TaskOverdueJob(IUnitOfWork work, ISender sender, TriggerDesk desk) : IJobHandler
{
    public const string Kind = "task.overdue";

    string IJobHandler.Kind => Kind;

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct).AsTask();

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        using var args = JsonDocument.Parse(job.Args);
        await sender.Send(new TellTaskOverdue(args.RootElement.GetProperty("task").GetInt64(), args.RootElement.GetProperty("deadline").GetDateTimeOffset()), ct);
    }

    public Task FailAsync(Job job, string message, CancellationToken ct) => desk.ReportAsync(job.Lane.Item, message, job, ct);
}

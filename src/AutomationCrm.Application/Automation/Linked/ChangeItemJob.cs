using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Linked;

/// <param name="Values">By field code as <see cref="TypedJson"/>.</param>
/// <param name="Cause">The chain goes on, so that items which change each other are stopped like any other cycle (A22).</param>
internal sealed record ChangeItemArgs(string Values, Cause? Cause)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static ChangeItemArgs Parse(string json) => JsonSerializer.Deserialize<ChangeItemArgs>(json)!;
}

/// <summary>Changes an item in its own lane because a robot of another item said so. What does not work waits for a person.</summary>
internal sealed class ChangeItemJob(UnitOfWork work, ISender sender) : IJobHandler
{
    public const string Kind = "item.change";

    string IJobHandler.Kind => Kind;

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        // It may have been deleted since.
        if (await work.FindItemAsync(job.Lane.Item, ct) is not { } item) return;

        var args = ChangeItemArgs.Parse(job.Args);
        var mark = work.Mark();
        // Marking begins a step of its own; the item's state before it is remembered when it is looked at again.
        item = await work.FindItemAsync(item.Ref, ct);
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot, args.Cause);
        try
        {
            await sender.Send(new UpdateItem(item!.Ref, TypedJson.ReadMap(args.Values)), ct);
        }
        catch (Exception failure) when (failure is RuleBrokenException or ValidationException or NotFoundException or AccessDeniedException or ConflictException)
        {
            work.RollBackTo(mark);
            await ReportAsync(job, (failure as RuleBrokenException)?.Code ?? "robot.refused", failure.Message, args.Cause, ct);
        }
        finally
        {
            work.Depth = 0;
            work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        }
    }

    public async Task FailAsync(Job job, string message, CancellationToken ct) =>
        await ReportAsync(job, "write.failed", message, ChangeItemArgs.Parse(job.Args).Cause, ct);

    private async Task ReportAsync(Job job, string code, string message, Cause? cause, CancellationToken ct)
    {
        var item = job.Lane.Item;
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = job.Lane.Number,
            TypeId = item.TypeId,
            ItemId = item.Id,
            RunId = cause?.RunId,
            Code = code,
            Message = message.Replace('\0', '\uFFFD'),
            JobKind = Kind,
            Args = job.Args,
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
        work.Hint(Topics.Item(item));
    }
}

using System.Text.Json;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Sets the timers of date and idle triggers for the items that are there already, page by page in a lane of the pipeline's own.</summary>
internal sealed class ArmTriggersJob(UnitOfWork work, IItemReader reader, TriggerIndex.Book book, TriggerDesk desk) : IJobHandler
{
    public const string Kind = "trigger.arm";
    private const int PageSize = 200;

    string IJobHandler.Kind => Kind;

    public Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => Task.CompletedTask;

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

        public NewJob ToJob() => new(LaneId.Of(new ItemRef(LaneKind, ((long)TypeId << 20) | (uint)PipelineId)), Kind, JsonSerializer.Serialize(this));
    }
}

/// <summary>Asks for the timers of a pipeline's items to be set; sent after its automation was saved.</summary>
internal sealed record ArmTriggers(int TypeId, int PipelineId) : ICommand<bool>;

internal sealed class ArmTriggersValidator : AbstractValidator<ArmTriggers>
{
    public ArmTriggersValidator() => RuleFor(c => c.TypeId).GreaterThan(0);
}

internal sealed class ArmTriggersHandler(IUnitOfWork work, TriggerIndex.Book book, IAccess access) : IRequestHandler<ArmTriggers, bool>
{
    public Task<bool> Handle(ArmTriggers request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "configure robots");
        if (book.Of(work.Portal).TimedOf(request.TypeId, request.PipelineId).Count == 0) return Task.FromResult(false);

        work.Changes.Add(work.Changes.Jobs, new ArmTriggersJob.Page(request.TypeId, request.PipelineId, null).ToJob());
        return Task.FromResult(true);
    }
}

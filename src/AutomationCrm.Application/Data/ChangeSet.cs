using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.QrPages;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Messages;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Data;

/// <summary>An item to be written: as it is now, and the version it was loaded with (0: it is new).</summary>
public sealed record ItemWrite(Item Item, long LoadedVersion);

/// <summary>What a move adds to and takes from the totals of a stage.</summary>
public readonly record struct TotalDelta(int TypeId, int PipelineId, string StageId, int Items, decimal Amount);

/// <param name="State">Cancelled or Undone.</param>
/// <param name="Code">Why, for example <c>stage.left</c>.</param>
public sealed record CancelledRobotRun(long Id, RobotRunState State, string Code, string Message);

/// <summary>A person's word on a delivery that is not under way; the unit is decided again when its state is no longer <paramref name="From"/>.</summary>
/// <param name="To">Waiting sends it again at once, the others settle it.</param>
public sealed record SettledDelivery(Guid EffectKey, DeliveryState From, DeliveryState To, long By);

/// <param name="Resolution">retry, skip, done, acknowledged or undone.</param>
public sealed record ResolvedIncident(long Id, long By, string Resolution);

/// <summary>How many robots a chain of causes gained (A22).</summary>
public readonly record struct ChainGrowth(Guid ChainId, int Start, int Robots);

/// <summary>A robot whose turn came and was refused.</summary>
public readonly record struct RefusedRobot(int TypeId, string StageId, string RobotKey, DateTimeOffset At);

/// <summary>A number without gaps that this unit uses, see <see cref="IUnitOfWork.TakeNumberAsync"/>.</summary>
public sealed record TakenNumber(string Series, long Number);

/// <summary>
/// Everything a command or a batch of lane steps is going to write. It is collected in memory and written as one set-based batch,
/// so a failing step is taken back by <see cref="RollBackTo"/> without the database having seen it.
/// </summary>
public sealed class ChangeSet
{
    private readonly List<(System.Collections.IList List, object Row)> log = [];

    public List<StoredEvent> Events { get; } = [];

    public List<StageHistoryEntry> StageHistory { get; } = [];

    public List<TotalDelta> Totals { get; } = [];

    public List<TaskItem> NewTasks { get; } = [];

    public List<TaskItem> ChangedTasks { get; } = [];

    public List<Comment> Comments { get; } = [];

    public List<Notification> Notifications { get; } = [];

    /// <summary>Failures of robots for the owners of their automations; grouped when they are written.</summary>
    public List<FailureNotice> FailureNotices { get; } = [];

    public List<TimelineNote> TimelineNotes { get; } = [];

    public List<NewFile> NewFiles { get; } = [];

    /// <summary>Mails and chats.</summary>
    public MessageChanges Messages { get; } = new();
    public List<ItemFile> ItemFiles { get; } = [];

    /// <summary>Contents that go for good, with their places in items.</summary>
    public List<Guid> RemovedFiles { get; } = [];

    public List<TakenNumber> TakenNumbers { get; } = [];

    public List<Document> NewDocuments { get; } = [];

    /// <summary>With the version they were read with; a newer one makes the unit stale.</summary>
    public List<Document> ChangedDocuments { get; } = [];

    public List<QrPage> NewQrPages { get; } = [];

    /// <summary>One that somebody else has confirmed makes the unit stale.</summary>
    public List<QrPage> ConfirmedQrPages { get; } = [];

    public List<Run> NewRuns { get; } = [];

    public List<Run> ChangedRuns { get; } = [];

    public List<RobotRun> NewRobotRuns { get; } = [];

    public List<RobotRun> ChangedRobotRuns { get; } = [];

    public List<ChainGrowth> Chains { get; } = [];

    public List<Delivery> NewDeliveries { get; } = [];

    public List<NewJob> Jobs { get; } = [];

    public List<NewLaunch> NewLaunches { get; } = [];

    public List<LaunchStep> LaunchSteps { get; } = [];

    public List<LaunchChange> LaunchChanges { get; } = [];

    public List<NewTimer> Timers { get; } = [];

    /// <summary>What waiting robot runs want to hear of.</summary>
    public List<NewWatch> Watches { get; } = [];

    /// <summary>What has happened; written, it becomes a job in the lane of everybody who watches it.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Robot runs whose timers are dropped before new ones are added.</summary>
    public List<long> StoppedTimers { get; } = [];

    /// <summary>Robot runs that watch nothing any more.</summary>
    public List<long> DroppedWatches { get; } = [];

    /// <summary>Timers that take the place of the one with the same id.</summary>
    public List<NewTimer> MovedTimers { get; } = [];

    /// <summary>Timers that give way to one with the same id.</summary>
    public List<NewTimer> FirstTimers { get; } = [];

    public List<Guid> DroppedTimers { get; } = [];

    public List<TriggerRecord> TriggerRecords { get; } = [];

    /// <summary>Deadlines that were told to be over.</summary>
    public List<ToldDeadline> ToldDeadlines { get; } = [];

    public List<Incident> Incidents { get; } = [];

    /// <summary>Robot runs that will not go on: their timers and unsent deliveries are dropped with them.</summary>
    public List<CancelledRobotRun> CancelledRobotRuns { get; } = [];

    /// <summary>Deliveries that must still be waiting when the unit is written; otherwise it is decided again.</summary>
    public List<Guid> CancelledDeliveries { get; } = [];

    /// <summary>Deliveries that go out again, or are settled, because a person says so.</summary>
    public List<SettledDelivery> SettledDeliveries { get; } = [];

    public List<ResolvedIncident> ResolvedIncidents { get; } = [];

    /// <summary>What deleted items were; the rows go to the recycle bin.</summary>
    public List<RecycledItem> RecycledItems { get; } = [];

    /// <summary>Items that leave the recycle bin; each must still lie there when the unit is written.</summary>
    public List<ItemRef> RestoredItems { get; } = [];

    /// <summary>New values of global values, in order; the rows are locked already.</summary>
    public List<GlobalValueChange> GlobalValues { get; } = [];

    /// <summary>Why the configuration's stamp is raised with this unit, so that every node reads it anew.</summary>
    public List<string> StampRaises { get; } = [];

    /// <summary>Steps that wait for the end of a pause.</summary>
    public List<HeldJob> HeldJobs { get; } = [];

    /// <summary>Held steps that go back into their lanes with this unit.</summary>
    public List<long> ReleasedJobs { get; } = [];

    /// <summary>Robots that a limit kept from their turn; counted as failed.</summary>
    public List<RefusedRobot> RefusedRobots { get; } = [];

    public bool IsEmpty => log.Count == 0;

    public int Mark => log.Count;

    public void Add<T>(List<T> list, T row)
        where T : notnull
    {
        list.Add(row);
        log.Add((list, row));
    }

    public void RollBackTo(int mark)
    {
        for (var i = log.Count - 1; i >= mark; i--) log[i].List.RemoveAt(log[i].List.Count - 1);
        log.RemoveRange(mark, log.Count - mark);
    }

    public void Clear() => RollBackTo(0);
}

using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.Import.Running;

/// <summary>What one transaction of an import writes.</summary>
/// <param name="firstProblem">The number of its first problem.</param>
/// <param name="now">The moment of this chunk.</param>
public sealed class ImportChunk(string step, int firstProblem, long authorId, DateTimeOffset now)
{
    private readonly Dictionary<(int Pipeline, string Stage), TotalDelta> totals = [];

    /// <summary>The code of the preset's part.</summary>
    public string Step => step;

    public DateTimeOffset Now => now;

    public long AuthorId => authorId;

    public int FirstProblem => firstProblem;

    public int Rows { get; set; }

    public List<Item> Items { get; } = [];

    public List<StoredEvent> Events { get; } = [];

    public List<StageHistoryEntry> History { get; } = [];

    public IReadOnlyCollection<TotalDelta> Totals => totals.Values;

    public List<Department> Departments { get; } = [];

    public List<Person> People { get; } = [];

    public List<PipelineRow> Pipelines { get; } = [];

    public List<StageRow> Stages { get; } = [];

    public List<RowProblem> Problems { get; } = [];

    /// <summary>What begins the robots of stages that want imported items too, and the waiting of triggers.</summary>
    public List<TimerRow> Timers { get; } = [];

    public bool ChangesConfiguration => Departments.Count + People.Count + Pipelines.Count > 0;

    /// <summary>What the reader is told was added.</summary>
    public int Added => Items.Count + People.Count;

    /// <summary>Takes a finished new item in, with its event and its part of the totals.</summary>
    public void Add(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var added = item.TakeEvent(authorId, now)!;
        Items.Add(item);
        Events.Add(new()
        {
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Version = added.Version,
            At = now,
            Kind = added.Kind,
            ActorId = authorId,
            Changes = EventRecorder.ToJson(added.Changes),
        });
        if (!item.Type.HasStages) return;

        var key = (item.PipelineId, item.StageId);
        var sum = totals.GetValueOrDefault(key);
        totals[key] = new(item.Ref.TypeId, item.PipelineId, item.StageId, sum.Items + 1, sum.Amount + item.Number(FieldCodes.AmountBase));
    }
}

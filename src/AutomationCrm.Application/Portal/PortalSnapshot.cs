using System.Collections.Concurrent;
using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.Portal;

/// <summary>Everything configured, as of one stamp: immutable, shared by all requests and lanes of this node.</summary>
public sealed class PortalSnapshot
{
    private ConcurrentDictionary<(string Key, int Number), StageAutomation> compiled = new();
    private readonly Dictionary<(int TypeId, string StageId), Stage> stages;
    private readonly Dictionary<int, ItemType> types;

    public PortalSnapshot(
        long stamp,
        IReadOnlyList<ItemType> types,
        IReadOnlyList<Pipeline> pipelines,
        IReadOnlyDictionary<long, Person> people,
        IReadOnlyDictionary<long, Department> departments,
        IReadOnlyDictionary<string, decimal> rates,
        string baseCurrency,
        IReadOnlyDictionary<string, ConfigVersion> stageAutomations)
    {
        (Stamp, Pipelines, People, Departments, Rates, BaseCurrency, StageAutomations) = (stamp, pipelines, people, departments, rates, baseCurrency, stageAutomations);
        this.types = types.ToDictionary(t => t.Id);
        stages = pipelines.SelectMany(p => p.Stages).ToDictionary(s => (s.TypeId, s.Id));
    }

    public long Stamp { get; }

    public IReadOnlyCollection<ItemType> Types => types.Values;

    public IReadOnlyList<Pipeline> Pipelines { get; }

    public IReadOnlyDictionary<long, Person> People { get; }

    public IReadOnlyDictionary<long, Department> Departments { get; }

    /// <summary>Currency code to its worth in the portal's currency.</summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; }

    public string BaseCurrency { get; }

    /// <summary>The newest published version by key, see <see cref="StageAutomation.KeyOf"/>.</summary>
    public IReadOnlyDictionary<string, ConfigVersion> StageAutomations { get; private set; }

    /// <summary>The same configuration with other robots on one stage: for dry runs.</summary>
    public PortalSnapshot With(ConfigVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var other = (PortalSnapshot)MemberwiseClone();
        other.StageAutomations = new Dictionary<string, ConfigVersion>(StageAutomations) { [version.Key] = version };
        other.compiled = new();
        return other;
    }

    /// <summary>Global values by code; of variables only what does not change, their values are read when they are used.</summary>
    public IReadOnlyDictionary<string, GlobalValue> GlobalValues { get; init; } = new Dictionary<string, GlobalValue>();

    /// <summary>What people have paused and not resumed.</summary>
    public IReadOnlyList<AutomationPause> Pauses { get; init; } = [];

    /// <summary>The pause of a stage, or of its pipeline; null while its robots may run.</summary>
    public AutomationPause? PauseOf(int typeId, int pipelineId, string stageId) =>
        Pauses.FirstOrDefault(p => p.TypeId == typeId && p.PipelineId == pipelineId && (p.StageId is null || p.StageId == stageId));

    /// <summary>The newest version of what the stages of a pipeline require, by <see cref="StageGateConfig.KeyOf"/>.</summary>
    public IReadOnlyDictionary<string, StageGates> Gates { get; init; } = new Dictionary<string, StageGates>();

    public StageGates GatesOf(int typeId, int pipelineId) => Gates.GetValueOrDefault(StageGateConfig.KeyOf(typeId, pipelineId), StageGates.None);

    /// <summary>Codes of the fields that must be filled on a stage.</summary>
    public IReadOnlyList<string> RequiredOn(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Gates.Count > 0 && Pipeline(stage.TypeId, stage.PipelineId) is { } pipeline ? GatesOf(stage.TypeId, stage.PipelineId).On(pipeline, stage.Id) : [];
    }

    /// <summary>Work hours, time zone and language of the portal.</summary>
    public PortalCalendar Calendar { get; init; } = PortalCalendar.Default;

    public ItemType? Type(int id) => types.GetValueOrDefault(id);

    public Stage? Stage(int typeId, string stageId) => stages.GetValueOrDefault((typeId, stageId));

    public Pipeline? Pipeline(int typeId, int pipelineId) => Pipelines.FirstOrDefault(p => p.TypeId == typeId && p.Id == pipelineId);

    public Pipeline? DefaultPipeline(int typeId) =>
        Pipelines.Where(p => p.TypeId == typeId).OrderByDescending(p => p.IsDefault).ThenBy(p => p.Sort).FirstOrDefault();

    /// <summary>The current automation of a stage; null when none was ever published.</summary>
    public StageAutomation? AutomationOf(int typeId, string stageId) =>
        StageAutomations.TryGetValue(StageAutomation.KeyOf(typeId, stageId), out var version) ? Compile(version) : null;

    /// <summary>Parses a version once; compiled versions never change.</summary>
    public StageAutomation Compile(ConfigVersion version) =>
        compiled.GetOrAdd((version.Key, version.Number), static (_, v) => StageAutomation.Parse(v.Number, v.Content), version);

    public string PersonName(long id) => People.TryGetValue(id, out var person) ? person.FullName : "";

    /// <summary>The head of a person's department, or of the next one above that has another head.</summary>
    public Person? SupervisorOf(long personId)
    {
        if (!People.TryGetValue(personId, out var person)) return null;

        var departmentId = person.DepartmentId;
        for (var guard = 0; departmentId is { } id && Departments.TryGetValue(id, out var department) && guard < 64; guard++)
        {
            if (department.HeadId is { } head && head != personId) return People.GetValueOrDefault(head);
            departmentId = department.ParentId;
        }

        return null;
    }
}

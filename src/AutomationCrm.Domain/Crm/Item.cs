using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Domain.Crm;

/// <summary>
/// One CRM record of any type (decision D1): a bag of typed field values with a version. All changes of one command become one event
/// and one version, taken by <see cref="TakeEvent"/>.
/// </summary>
public sealed class Item
{
    private readonly Dictionary<string, Value> values;
    private readonly Dictionary<string, Value> before = [];
    private Stage? from;
    private Stage? to;
    private bool again;

    private Item(ItemType type, long id, long version, Dictionary<string, Value> values)
    {
        Type = type;
        Ref = new(type.Id, id);
        Version = version;
        this.values = values;
    }

    public ItemType Type { get; }

    public ItemRef Ref { get; }

    /// <summary>The stored version; 0 before the item is added.</summary>
    public long Version { get; private set; }

    public bool IsNew => Version == 0 || again;

    public bool IsDeleted { get; private set; }

    public bool HasChanges => before.Count > 0 || IsDeleted;

    public string Title => Text(FieldCodes.Title);

    public int PipelineId => (int)Number(FieldCodes.Pipeline);

    public string StageId => Text(FieldCodes.Stage);

    public long ResponsibleId => User(FieldCodes.Responsible);

    public IReadOnlyDictionary<string, Value> Values => values;

    /// <summary>A new item; fields are set afterwards, <see cref="PlaceOn"/> puts it on its first stage.</summary>
    public static Item New(ItemType type, long id) => new(type, id, 0, []);

    /// <summary>A deleted item that is added again under its number; its versions go on behind <paramref name="lastVersion"/>.</summary>
    public static Item Again(ItemType type, long id, long lastVersion) => new(type, id, lastVersion, []) { again = true };

    /// <summary>An item as it is stored.</summary>
    public static Item Stored(ItemType type, long id, long version, Dictionary<string, Value> values) => new(type, id, version, values);

    public Value this[string code] => values.TryGetValue(code, out var value) ? value : Value.Null;

    public string Text(string code) => this[code] is TextValue text ? text.Text : "";

    public decimal Number(string code) => this[code] is NumberValue number ? number.Number : 0;

    public long User(string code) => this[code] is UserValue user ? user.Id : 0;

    /// <summary>Sets a field; the same value again is no change.</summary>
    public void Set(string code, Value value)
    {
        var old = this[code];
        if (old == value || (old.IsEmpty && value.IsEmpty)) return;

        before.TryAdd(code, old);
        if (before[code] == value) before.Remove(code);
        values[code] = value;
    }

    /// <summary>Puts a new item on a stage of its pipeline.</summary>
    public void PlaceOn(Stage stage, long by, DateTimeOffset at)
    {
        RequireType(stage);
        to = stage;
        Stand(stage, by, at);
    }

    /// <summary>Moves the item within its pipeline; moving to where it stands is no change.</summary>
    public void MoveTo(Stage stage, Stage? current, long by, DateTimeOffset at)
    {
        if (stage.PipelineId != PipelineId)
            throw new RuleBrokenException("stage.foreign", $"Stage {stage.Id} is in another pipeline.", FieldCodes.Stage);
        MoveAcross(stage, current, by, at);
    }

    /// <summary>Moves the item to a stage of any pipeline of its type.</summary>
    public void MoveAcross(Stage stage, Stage? current, long by, DateTimeOffset at)
    {
        RequireType(stage);
        if (stage.Id == StageId) return;

        from ??= current;
        to = stage;
        Stand(stage, by, at);
    }

    /// <summary>Enters the stage on which the item stands once more: a stage event without a change of stage.</summary>
    public void Reenter(Stage stage, long by, DateTimeOffset at)
    {
        RequireType(stage);
        (from, to) = (stage, stage);
        before.TryAdd(FieldCodes.Stage, this[FieldCodes.Stage]);
        Stand(stage, by, at);
    }

    public void Delete() => IsDeleted = true;

    /// <summary>The event of all changes since the item was loaded, with the next version; null when nothing changed.</summary>
    public ItemEvent? TakeEvent(long actor, DateTimeOffset at)
    {
        if (!HasChanges && !IsNew) return null;

        if (!IsDeleted)
        {
            if (IsNew) Keep(FieldCodes.CreatedAt, Value.Of(at), FieldCodes.CreatedBy, actor);
            Keep(FieldCodes.UpdatedAt, Value.Of(at), FieldCodes.UpdatedBy, actor);
        }

        FieldChange[] changes = [.. before.Select(b => new FieldChange(b.Key, b.Value, this[b.Key]))];
        var wasNew = IsNew;
        Version++;
        again = false;
        ItemEvent taken = this switch
        {
            { IsDeleted: true } => new ItemDeleted(Ref, Version, changes, actor, at),
            _ when wasNew => new ItemAdded(Ref, changes, to, actor, at) { Version = Version },
            _ when to is not null && before.ContainsKey(FieldCodes.Stage) => new StageChanged(Ref, Version, changes, from, to, actor, at),
            _ => new ItemChanged(Ref, Version, changes, actor, at),
        };
        before.Clear();
        (from, to) = (null, null);
        return taken;
    }

    /// <summary>A copy to fall back to when a step fails before it is written.</summary>
    public Item Clone() => new(Type, Ref.Id, Version, new(values)) { IsDeleted = IsDeleted, again = again };

    private void Keep(string timeCode, Value at, string userCode, long actor)
    {
        if (IsNew && values.ContainsKey(timeCode) && timeCode == FieldCodes.CreatedAt) return;
        values[timeCode] = at;
        values[userCode] = new UserValue(actor);
    }

    private void Stand(Stage stage, long by, DateTimeOffset at)
    {
        Set(FieldCodes.Pipeline, Value.Of((decimal)stage.PipelineId));
        Set(FieldCodes.Stage, Value.Of(stage.Id));
        values[FieldCodes.Semantics] = Value.Of(stage.SemanticsLetter.ToString());
        values[FieldCodes.Closed] = Value.Of(stage.IsFinal);
        values[FieldCodes.MovedAt] = Value.Of(at);
        values[FieldCodes.MovedBy] = new UserValue(by);
    }

    private void RequireType(Stage stage)
    {
        if (stage.TypeId != Type.Id)
            throw new RuleBrokenException("stage.foreign", $"Stage {stage.Id} belongs to another item type.", FieldCodes.Stage);
    }
}

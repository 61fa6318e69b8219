namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>In which family's names and formats values travel.</summary>
internal enum RestDialect
{
    /// <summary>crm.deal.* and alike: UPPER_SNAKE, numbers as text.</summary>
    Classic,
    /// <summary>crm.item.*: camelCase, JSON numbers.</summary>
    Item,
    /// <summary>crm.item.* with useOriginalUfNames=Y: custom fields keep UF_CRM_…</summary>
    ItemOriginalNames,
}

/// <summary>The fields of an item type under the names of a dialect. Input is understood in every spelling, output has one.</summary>
internal sealed class RestFieldSet
{
    private readonly Dictionary<string, IRestField> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public RestFieldSet(IEnumerable<IRestField> fields, RestDialect dialect)
    {
        Fields = [.. fields];
        Dialect = dialect;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in Fields.OrderBy(f => f.Custom)) Register(field, taken);
        // The other spellings never take a name away from a field that really has it.
        foreach (var field in Fields)
        {
            _byName.TryAdd(field.ClassicName, field);
            if (dialect != RestDialect.Classic) _byName.TryAdd(field.ItemName, field);
        }
    }

    public IReadOnlyList<IRestField> Fields { get; }

    public RestDialect Dialect { get; }

    public bool IsClassic => Dialect == RestDialect.Classic;

    /// <summary>The field under a name of this dialect in any letter case, or null.</summary>
    public IRestField? Find(string name) => _byName.GetValueOrDefault(name);

    public string NameOf(IRestField field) => _names[field.Code];

    private void Register(IRestField field, HashSet<string> taken)
    {
        var name = Dialect switch
        {
            RestDialect.Classic => field.ClassicName,
            RestDialect.ItemOriginalNames when field.Custom => field.ClassicName,
            _ => field.ItemName,
        };
        // A converted name that is taken falls back to the original one.
        if (!taken.Add(name)) taken.Add(name = field.ClassicName);
        _names[field.Code] = name;
        _byName.TryAdd(name, field);
    }
}

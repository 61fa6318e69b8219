using System.Collections.Frozen;

namespace AutomationCrm.Domain.Crm.Fields;

/// <summary>The fields of one item type, found by any of their names (case-insensitive).</summary>
public sealed class FieldSet
{
    private readonly FrozenDictionary<string, Field> byCode;
    private readonly FrozenDictionary<string, Field> byAnyName;

    public FieldSet(IEnumerable<Field> fields)
    {
        All = [.. fields];
        byCode = All.ToFrozenDictionary(f => f.Code, StringComparer.Ordinal);
        var names = new Dictionary<string, Field>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in All) names.TryAdd(field.Code, field);
        foreach (var field in All) names.TryAdd(field.ClassicName, field);
        foreach (var field in All) names.TryAdd(field.ItemName, field);
        byAnyName = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Field> All { get; }

    public Field? Find(string code) => byCode.GetValueOrDefault(code);

    public Field? FindByAnyName(string name) => byAnyName.GetValueOrDefault(name);

    public Field this[string code] => byCode[code];
}

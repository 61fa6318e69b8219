using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Import.Rows;

/// <summary>How a column of a file becomes a field of an item.</summary>
public sealed record ImportColumn(string Header, string FieldCode)
{
    /// <summary>What the cells are written as, where that differs from the field: a number of employees in a text field.</summary>
    public FieldKind? WrittenAs { get; init; }

    /// <summary>An empty cell is reported.</summary>
    public bool Filled { get; init; } = true;

    public bool NotNegative { get; init; }

    /// <summary>The unit of the file's numbers, for example a million.</summary>
    public decimal Scale { get; init; } = 1;

    /// <summary>.NET formats, read with the invariant culture.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd"];

    /// <summary>Known typing errors and what is meant.</summary>
    public IReadOnlyDictionary<string, string> Corrections { get; init; } = new Dictionary<string, string>();
}

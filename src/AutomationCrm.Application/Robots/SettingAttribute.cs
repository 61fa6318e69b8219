using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Robots;

/// <summary>Describes one property of a settings record; the form is made from it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(FieldKind kind) : Attribute
{
    public FieldKind Kind { get; } = kind;

    public bool Required { get; init; }

    public bool Multiple { get; init; }

    public int MaxLength { get; init; } = 2_000;

    public string[] Options { get; init; } = [];

    /// <summary>See <see cref="Field.When"/>.</summary>
    public string? When { get; init; }
}

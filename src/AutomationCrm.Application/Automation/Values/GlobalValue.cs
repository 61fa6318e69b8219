using AutomationCrm.Application.Data;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// A value of the whole portal: a constant <c>{=GlobalConst:CODE}</c> that administrators set, or a variable <c>{=GlobalVar:CODE}</c>
/// that robots change too. Kind and multiplicity never change (reference bitrix-automation 3.1).
/// </summary>
public sealed class GlobalValue
{
    public const int CodeMaxLength = 50;
    public const int NameMaxLength = 255;
    public const int DescriptionMaxLength = 2_000;

    /// <summary>What kinds a value may have.</summary>
    public static readonly IReadOnlyList<FieldKind> Kinds =
        [FieldKind.Text, FieldKind.LongText, FieldKind.Integer, FieldKind.Number, FieldKind.Boolean, FieldKind.Date, FieldKind.Instant, FieldKind.Money, FieldKind.User];

    /// <summary>Letters, digits and underscores; case does not matter.</summary>
    public string Code { get; init; } = "";

    public string Name { get; set; } = "";

    public bool IsConstant { get; init; }

    public FieldKind Kind { get; init; }

    public bool Multiple { get; init; }

    /// <summary>As <see cref="TypedJson"/>; null without a value.</summary>
    public string? Value { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Grows with every new value.</summary>
    public long Version { get; set; } = 1;

    public DateTimeOffset UpdatedAt { get; set; }

    public long UpdatedBy { get; set; }

    /// <summary>The same as a field, for reading and writing its values.</summary>
    public Field AsField => new(Code, Code, Code, Kind) { Multiple = Multiple, MaxLength = Kind == FieldKind.LongText ? 20_000 : 2_000, Title = Name };

    public Value Current => Read(Value);

    public static Value Read(string? json) => json is null ? Expressions.Values.Value.Null : TypedJson.Read(json);

    /// <summary>Makes a value fit; throws <c>RuleBrokenException</c> that names the code.</summary>
    public Value Fit(Value value) => FieldText.Invariant.Convert(AsField, value);
}

/// <summary>One value that a global value had: who set it and what run.</summary>
public sealed class GlobalValueChange
{
    public string Code { get; init; } = "";

    public long Version { get; init; }

    /// <summary>As <see cref="TypedJson"/>; null without a value.</summary>
    public string? Value { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>0 is automation.</summary>
    public long ActorId { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}

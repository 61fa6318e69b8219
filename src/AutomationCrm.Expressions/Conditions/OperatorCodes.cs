using System.Collections.Frozen;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>The operators of a condition row as they are stored and sent (Bitrix24's fieldcondition, with between and starts with).</summary>
public static class OperatorCodes
{
    public const string Equal = "eq";
    public const string NotEqual = "ne";
    public const string Greater = "gt";
    public const string GreaterOrEqual = "gte";
    public const string Less = "lt";
    public const string LessOrEqual = "lte";
    public const string Contains = "contains";
    public const string NotContains = "not_contains";
    public const string StartsWith = "starts_with";
    public const string In = "in";
    public const string NotIn = "not_in";
    public const string Filled = "filled";
    public const string Empty = "empty";
    public const string Between = "between";
    public const string Changed = "changed";

    private static readonly FrozenDictionary<string, Operator> Operators = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        [Equal] = Operator.Equal,
        [NotEqual] = Operator.NotEqual,
        [Greater] = Operator.Greater,
        [GreaterOrEqual] = Operator.GreaterOrEqual,
        [Less] = Operator.Less,
        [LessOrEqual] = Operator.LessOrEqual,
        [Contains] = Operator.Contains,
        [NotContains] = Operator.NotContains,
        [StartsWith] = Operator.StartsWith,
        [In] = Operator.In,
        [NotIn] = Operator.NotIn,
        [Filled] = Operator.Filled,
        [Empty] = Operator.Empty,
        [Between] = Operator.Between,
        [Changed] = Operator.Changed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => Operators.Keys;

    /// <summary>Whether the row has a value to compare with.</summary>
    public static bool TakesValue(string code) => code is not (Filled or Empty or Changed);

    /// <summary>Our code of an operator in Bitrix24's spelling (section 4.6 of its facts); null when it is none.</summary>
    public static string? FromBitrix24(string code) => code switch
    {
        "=" => Equal,
        "!=" => NotEqual,
        ">" => Greater,
        ">=" => GreaterOrEqual,
        "<" => Less,
        "<=" => LessOrEqual,
        "in" => In,
        "!in" => NotIn,
        "contain" => Contains,
        "!contain" => NotContains,
        "empty" => Empty,
        "!empty" => Filled,
        "between" => Between,
        "modified" => Changed,
        _ => null,
    };

    internal static Operator Find(string code) => Operators.GetValueOrDefault(code, Operator.None);

    internal static string CodeOf(Operator comparison) => Operators.First(pair => pair.Value == comparison).Key;
}

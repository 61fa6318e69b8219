namespace AutomationCrm.Web.Rest.Protocol.Query;

/// <summary>A key of a filter: an operator sign, longest first, and the name of a field.</summary>
internal static class FilterKey
{
    private static readonly (string Sign, RestOperator Operator)[] Signs =
    [
        ("!=%", RestOperator.NotLike),
        ("!%=", RestOperator.NotLike),
        ("!@", RestOperator.NotIn),
        ("!%", RestOperator.NotContains),
        ("!=", RestOperator.NotEqual),
        ("<>", RestOperator.NotEqual),
        (">=", RestOperator.GreaterOrEqual),
        ("<=", RestOperator.LessOrEqual),
        ("=%", RestOperator.Like),
        ("%=", RestOperator.Like),
        ("!", RestOperator.NotEqual),
        (">", RestOperator.Greater),
        ("<", RestOperator.Less),
        ("=", RestOperator.Equal),
        ("@", RestOperator.In),
        ("%", RestOperator.Contains),
    ];

    public static (RestOperator Operator, string Name) Split(string key)
    {
        foreach (var (sign, op) in Signs)
        {
            if (key.StartsWith(sign, StringComparison.Ordinal)) return (op, key[sign.Length..].Trim());
        }

        return (RestOperator.Equal, key.Trim());
    }
}

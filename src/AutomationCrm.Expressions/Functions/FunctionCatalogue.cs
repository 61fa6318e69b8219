using System.Collections.Immutable;

namespace AutomationCrm.Expressions.Functions;

/// <summary>
/// A function as the editor shows it. <see cref="Signature"/> is for reading, optional arguments stand in square brackets;
/// <see cref="DescriptionKey"/> and <see cref="GroupKey"/> are resource keys (see <see cref="ExpressionTexts"/>).
/// </summary>
public sealed record FunctionInfo(string Name, FunctionGroup Group, ImmutableArray<string> Parameters, int Least, int? Most, string Signature)
{
    public string DescriptionKey => $"function.{Name}";

    public string GroupKey => $"group.{Group.ToString().ToLowerInvariant()}";
}

/// <summary>All functions of the calculator, by group and name.</summary>
public static class FunctionCatalogue
{
    public static ImmutableArray<FunctionInfo> All { get; } =
        [.. FunctionTable.All.OrderBy(function => function.Group).ThenBy(function => function.Name, StringComparer.Ordinal).Select(Describe)];

    private static FunctionInfo Describe(Function function)
    {
        int? most = function.Most == Function.Many ? null : function.Most;
        return new FunctionInfo(function.Name, function.Group, function.Parameters, function.Least, most, Signature(function));
    }

    private static string Signature(Function function)
    {
        if (function.IsWord) return function.Name;
        var parameters = function.Parameters.Select((name, index) => index < function.Least ? name : $"[{name}]");
        if (function.Most == Function.Many) parameters = parameters.Append("…");
        return $"{function.Name}({string.Join(", ", parameters)})";
    }
}

using System.Collections.Frozen;

namespace AutomationCrm.Expressions.Functions;

/// <summary>The allow-list of functions; nothing else can be called.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Function> Functions =
        new[] { LogicFunctions.All, MathFunctions.All, TextFunctions.All, ListFunctions.All, DateFunctions.All, WorkFunctions.All, DocumentFunctions.All }
            .SelectMany(group => group)
            .ToFrozenDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Function> All => Functions.Values;

    public static Function? Find(string name) => Functions.GetValueOrDefault(name);
}

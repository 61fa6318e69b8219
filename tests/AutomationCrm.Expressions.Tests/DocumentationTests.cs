using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Functions;

namespace AutomationCrm.Expressions.Tests;

public sealed class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs", "expressions.md"));

    [Fact]
    public void The_page_names_every_function_operator_and_modifier()
    {
        foreach (var function in FunctionCatalogue.All) Assert.Contains($"`{function.Name}{(function.Signature.Contains('(', StringComparison.Ordinal) ? "(" : "`")}", Page, StringComparison.Ordinal);
        foreach (var code in OperatorCodes.All) Assert.Contains($"`{code}`", Page, StringComparison.Ordinal);
        foreach (var modifier in Modifiers.Names) Assert.Contains($"`{modifier}`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_stands_alone() =>
        Assert.All(
            typeof(Template).Assembly.GetReferencedAssemblies(),
            reference => Assert.True(reference.Name!.StartsWith("System.", StringComparison.Ordinal), reference.Name));

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "AutomationCrm.sln")) ? folder : Root(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
}

using System.Reflection;
using AutomationCrm.Application;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Robots;

namespace AutomationCrm.Architecture.Tests;

/// <summary>The arrows between projects (docs/architecture.md).</summary>
public sealed class DirectionTests
{
    [Fact]
    public void Expressions_stands_on_nothing() => AssertReferences(typeof(Value).Assembly, "System.");

    [Fact]
    public void Bpmn_stands_on_nothing() => AssertReferences(BpmnAssembly, "System.");

    [Fact]
    public void Domain_stands_on_expressions_only() => AssertReferences(typeof(Item).Assembly, "System.", "AutomationCrm.Expressions");

    [Fact]
    public void Application_knows_neither_the_database_driver_nor_the_web() =>
        AssertNoReference(typeof(ApplicationServices).Assembly, "Npgsql", "Microsoft.AspNetCore", "AutomationCrm.Infrastructure", "AutomationCrm.Robots", "AutomationCrm.Web");

    [Fact]
    public void Robots_know_neither_the_database_nor_the_web() =>
        AssertNoReference(typeof(RobotServices).Assembly, "Npgsql", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "AutomationCrm.Infrastructure", "AutomationCrm.Web");

    [Fact]
    public void Infrastructure_does_not_know_the_web() =>
        AssertNoReference(typeof(Infrastructure.InfrastructureServices).Assembly, "Microsoft.AspNetCore", "AutomationCrm.Web", "AutomationCrm.Robots");

    private static Assembly BpmnAssembly => typeof(ProcessModel).Assembly;

    private static void AssertReferences(Assembly assembly, params string[] allowed)
    {
        var references = assembly.GetReferencedAssemblies().Select(r => r.Name!).ToList();
        Assert.NotEmpty(references);
        Assert.Empty(references.Where(r => !allowed.Any(a => r.StartsWith(a, StringComparison.Ordinal)) && r is not ("netstandard" or "mscorlib")));
    }

    private static void AssertNoReference(Assembly assembly, params string[] forbidden)
    {
        var references = assembly.GetReferencedAssemblies().Select(r => r.Name!).ToList();
        Assert.Contains(references, r => r.StartsWith("AutomationCrm.", StringComparison.Ordinal));
        Assert.Empty(references.Where(r => forbidden.Any(f => r.StartsWith(f, StringComparison.Ordinal))));
    }
}

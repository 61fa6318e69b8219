using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ElementListTests
{
    [Fact]
    public void Every_element_has_a_test_class_of_its_name()
    {
        var elements = typeof(FlowNode).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FlowNode)) && !t.IsAbstract).Select(t => t.Name + "Tests").ToList();
        Assert.True(elements.Count >= 23);
        Assert.Empty(elements.Except(typeof(ElementListTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(ElementListTests).Namespace).Select(t => t.Name)));
    }

    [Fact]
    public void Every_element_of_the_list_can_be_read() => Assert.Equal(22, ElementReaders.Names.Count());

    [Fact]
    public void The_library_refers_to_nothing_but_the_runtime()
    {
        var references = typeof(FlowNode).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.StartsWith("System.", r, StringComparison.Ordinal));
    }
}

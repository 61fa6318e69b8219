using System.Text;

namespace AutomationCrm.Benchmarks.Bpmn;

/// <summary>The diagrams of the benchmark.</summary>
internal static class BpmnModels
{
    public static IEnumerable<(string Name, string Xml)> All()
    {
        yield return ("linear_10", Linear(10));
        yield return ("fork_join_2x2", Fork());
        yield return ("loop_100", Loop());
        yield return ("multi_instance_100", MultiInstance(100));
    }

    public static string Linear(int tasks)
    {
        var body = new StringBuilder("<startEvent id='n0'/>");
        for (var i = 1; i <= tasks; i++) body.Append($"<serviceTask id='n{i}'/>");
        body.Append($"<endEvent id='n{tasks + 1}'/>");
        for (var i = 0; i <= tasks; i++) body.Append(Flow($"n{i}", $"n{i + 1}"));
        return Wrap(body);
    }

    public static string Wide(int tokens)
    {
        var body = new StringBuilder("<startEvent id='s'/><parallelGateway id='f'/><inclusiveGateway id='j'/><endEvent id='e'/>").Append(Flow("s", "f")).Append(Flow("j", "e"));
        for (var i = 0; i < tokens; i++) body.Append($"<serviceTask id='t{i}'/>").Append(Flow("f", $"t{i}")).Append(Flow($"t{i}", "j"));
        return Wrap(body);
    }

    /// <summary>Many elements with diagram data, as a modelling tool writes them.</summary>
    public static string Large(int elements)
    {
        var body = new StringBuilder("<startEvent id='n0'/>");
        var diagram = new StringBuilder();
        for (var i = 1; i < elements; i++)
        {
            body.Append($"<userTask id='n{i}' name='Step {i} of the process'><incoming>f{i - 1}</incoming><outgoing>f{i}</outgoing></userTask><sequenceFlow id='f{i - 1}' sourceRef='n{i - 1}' targetRef='n{i}'/>");
            diagram.Append($"<di:BPMNShape id='n{i}_di' bpmnElement='n{i}'><dc:Bounds x='{i * 150}' y='80' width='100' height='80'/></di:BPMNShape><di:BPMNEdge id='f{i}_di' bpmnElement='f{i}'><dd:waypoint x='{i * 150}' y='120'/><dd:waypoint x='{i * 150 + 50}' y='120'/></di:BPMNEdge>");
        }

        return Wrap(body, $"<di:BPMNDiagram id='d'><di:BPMNPlane id='p' bpmnElement='P'>{diagram}</di:BPMNPlane></di:BPMNDiagram>");
    }

    private static string Fork()
    {
        var body = new StringBuilder("<startEvent id='s'/><parallelGateway id='f'/><parallelGateway id='j'/><parallelGateway id='g'/><parallelGateway id='k'/><endEvent id='e'/>");
        foreach (var id in new[] { "a", "b", "c", "d" }) body.Append($"<serviceTask id='{id}'/>");
        foreach (var (from, to) in new[] { ("s", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "j"), ("j", "g"), ("g", "c"), ("g", "d"), ("c", "k"), ("d", "k"), ("k", "e") })
            body.Append(Flow(from, to));
        return Wrap(body);
    }

    private static string Loop() => Wrap(new StringBuilder(
        "<startEvent id='s'/><scriptTask id='i' xmlns:crm='urn:automationcrm:bpmn:1' crm:resultVariable='n'><script>0</script></scriptTask><exclusiveGateway id='m'/><serviceTask id='t'/>"
        + "<scriptTask id='c' xmlns:crm='urn:automationcrm:bpmn:1' crm:resultVariable='n'><script>n + 1</script></scriptTask><exclusiveGateway id='x' default='out'/><endEvent id='e'/>"
        + Flow("s", "i") + Flow("i", "m") + Flow("m", "t") + Flow("t", "c") + Flow("c", "x")
        + "<sequenceFlow id='back' sourceRef='x' targetRef='m'><conditionExpression>n &lt; 100</conditionExpression></sequenceFlow><sequenceFlow id='out' sourceRef='x' targetRef='e'/>"));

    private static string MultiInstance(int count) => Wrap(new StringBuilder(
        $"<startEvent id='s'/><serviceTask id='t'><multiInstanceLoopCharacteristics><loopCardinality>{count}</loopCardinality></multiInstanceLoopCharacteristics></serviceTask><endEvent id='e'/>"
        + Flow("s", "t") + Flow("t", "e")));

    private static string Flow(string from, string to) => $"<sequenceFlow id='{from}_{to}' sourceRef='{from}' targetRef='{to}'/>";

    private static string Wrap(StringBuilder body, string diagram = "") =>
        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:di='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:dc='http://www.omg.org/spec/DD/20100524/DC' xmlns:dd='http://www.omg.org/spec/DD/20100524/DI'>"
        + $"<process id='P' isExecutable='true'>{body}</process>{diagram}</definitions>";
}

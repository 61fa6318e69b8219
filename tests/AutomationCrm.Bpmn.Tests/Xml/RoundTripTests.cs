using System.Text;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Tests.Xml;

public sealed class RoundTripTests
{
    private const string Rich = """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!-- made by a tool -->
        <b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:v="urn:vendor" xmlns:tns="urn:me" targetNamespace="urn:me" v:tool="x &amp; y">
          <b:message id="m" name="Straße"/>
          <b:collaboration id="c"><b:participant id="p1" processRef="tns:Q"/><b:participant id="p2" processRef="P"/></b:collaboration>
          <b:process id="P" isExecutable="true">
            <b:extensionElements><v:thing a="1"><v:inner/><![CDATA[ <raw> ]]></v:thing></b:extensionElements>
            <b:sequenceFlow id="f" sourceRef="s" targetRef="r"/>
            <b:startEvent id="s" v:color="red"/>
            <b:receiveTask id="r" messageRef="tns:m"/>
          </b:process>
          <b:process id="Q"><b:task id="t"/></b:process>
          <b:process id="R" isExecutable="false"><b:task id="u"/></b:process>
          <di:BPMNDiagram id="d"><di:BPMNPlane id="pl" bpmnElement="c"><di:BPMNShape id="s1" bpmnElement="s"><dc:Bounds x="1.5" y="2" width="3" height="4"/></di:BPMNShape><di:BPMNEdge id="e1" bpmnElement="f"/></di:BPMNPlane></di:BPMNDiagram>
        </b:definitions>
        <!-- the end -->
        """;

    [Fact]
    public void Reading_and_writing_keeps_everything()
    {
        var file = BpmnFile.Read(new MemoryStream(Encoding.Latin1.GetBytes(Rich)));
        var written = BpmnWriter.Write(file);
        var again = BpmnFile.Read(written);
        Assert.Equal(written, BpmnWriter.Write(again));
        Assert.Equal(file.CountElements(), again.CountElements());
        Assert.Equal((1, 1), (again.CountShapes(), again.CountEdges()));
        Assert.Equal("Straße", again.Find("m")!["name"]);
        foreach (var kept in new[] { "v:tool=\"x &amp; y\"", "v:color=\"red\"", "<v:thing a=\"1\">", "<![CDATA[ <raw> ]]>", "x=\"1.5\"", "xmlns:tns=\"urn:me\"", "<!-- made by a tool --><b:definitions", "</b:definitions><!-- the end -->" })
            Assert.Contains(kept, written, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_executable_process_of_several_pools_is_found()
    {
        var file = BpmnFile.Read(new MemoryStream(Encoding.Latin1.GetBytes(Rich)));
        Assert.Equal(["P", "Q"], file.ExecutableProcessIds);
        Assert.All(ModelCompiler.CompileAll(file), r => Assert.NotNull(r.Model));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public void Any_declared_encoding_is_read(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var xml = $"<?xml version='1.0' encoding='{name}'?><definitions xmlns='{BpmnNames.Model}'><process id='P'><task id='t' name='für Łódź'/></process></definitions>".Replace("Łódź", name.StartsWith("utf", StringComparison.Ordinal) ? "Łódź" : "é", StringComparison.Ordinal);
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(xml)).ToArray();
        Assert.StartsWith("für", BpmnFile.Read(new MemoryStream(bytes)).Find("t")!["name"], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_wrongly_declared_as_UTF_8_is_still_read()
    {
        var bytes = Encoding.Latin1.GetBytes($"<?xml version='1.0' encoding='UTF-8'?><definitions xmlns='{BpmnNames.Model}'><process id='P'><task id='t' name='für'/></process></definitions>");
        Assert.Equal("für", BpmnFile.Read(new MemoryStream(bytes)).Find("t")!["name"]);
    }

    [Fact]
    public void Vendor_attributes_for_collections_calls_and_results_are_understood()
    {
        const string xml = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
            <process id="P"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
            <userTask id="a"><multiInstanceLoopCharacteristics camunda:collection="${people}" camunda:elementVariable="person"/></userTask><sequenceFlow id="g" sourceRef="a" targetRef="b"/>
            <userTask id="b"><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="= people" inputElement="x" outputCollection="out" outputElement="= x"/></extensionElements></multiInstanceLoopCharacteristics></userTask>
            <sequenceFlow id="h" sourceRef="b" targetRef="c"/><callActivity id="c"><extensionElements><zeebe:calledElement processId="Other"/></extensionElements></callActivity></process></definitions>
            """;
        var model = ModelCompiler.Compile(BpmnFile.Read(xml), "P").Model!;
        Assert.Equal("person", ((MultiInstance)((Activity)model.Find("a")!).Loop!).ElementVariable);
        Assert.Equal("out", ((MultiInstance)((Activity)model.Find("b")!).Loop!).OutputCollection);
        Assert.Equal("Other", ((AutomationCrm.Bpmn.Elements.Tasks.CallActivity)model.Find("c")!).ProcessId.Text);
        Assert.Equal(["people"], model.References);
    }
}

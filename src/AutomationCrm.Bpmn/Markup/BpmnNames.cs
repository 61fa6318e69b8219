namespace AutomationCrm.Bpmn.Markup;

/// <summary>The XML namespaces that mean something here.</summary>
public static class BpmnNames
{
    public const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public const string Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    public const string DiagramCommon = "http://www.omg.org/spec/DD/20100524/DC";
    public const string DiagramInterchange = "http://www.omg.org/spec/DD/20100524/DI";
    public const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    public const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>Our own extension namespace, described in docs/bpmn/extensions.md.</summary>
    public const string Extension = "urn:automationcrm:bpmn:1";

    public static bool IsStandard(string uri) =>
        uri is Model or Diagram or DiagramCommon or DiagramInterchange or SchemaInstance or Declarations;
}

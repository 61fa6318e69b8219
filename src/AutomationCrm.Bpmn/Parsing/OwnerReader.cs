using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Model.Extensions;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>The standard's own way to say who does a user task; it counts when our assignment is not there.</summary>
internal static class OwnerReader
{
    public static ElementExtensions Add(CompileContext context, FlowNode node, ElementExtensions extensions)
    {
        if (node is not UserTask || extensions.Assignment is not null) return extensions;
        var people = new List<string>();
        foreach (var role in node.Markup.Elements().Where(e => e is { IsBpmn: true, LocalName: "potentialOwner" or "humanPerformer" }))
        {
            var written = role.Element("resourceAssignmentExpression") is { } named ? (named.Element("formalExpression") ?? named.Element("expression"))?.Text() : null;
            var reference = role.Element("resourceRef")?.Text();
            if (string.IsNullOrEmpty(written) && reference is not null) written = context.File.Resolve(reference) is { } resource ? resource["name"] ?? resource.Id : null;
            if (string.IsNullOrEmpty(written)) context.Error(node.Id, "performer", $"The <{role.LocalName}> names nobody{(reference is null ? "" : $"; '{reference}' does not exist")}.");
            else people.Add(written);
        }

        return people.Count == 0 ? extensions : extensions with { Assignment = new("review", string.Join(", ", people), null, null, []) };
    }
}

using System.Globalization;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Model.Extensions;

/// <summary>Reads our own extensions; what is not known or not complete is an error, never ignored.</summary>
internal static class ExtensionReader
{
    private static readonly string[] Kinds = ["approve", "vote", "review", "provide"];
    private static readonly string[] Rules = ["any", "all", "majority", "percent", "quorum"];
    private static readonly string[] Actions = ["remind", "escalate", "decide"];

    public static ElementExtensions Read(CompileContext context, MarkupElement markup)
    {
        var read = ElementExtensions.None;
        foreach (var extension in markup.Element("extensionElements")?.Elements() ?? [])
        {
            if (extension.NamespaceUri != BpmnNames.Extension) continue;
            read = extension.LocalName switch
            {
                "robot" => read with { Robot = Robot(context, markup, extension) },
                "assignment" => read with { Assignment = Assignment(context, markup, extension) },
                "vote" => read with { Vote = Vote(context, markup, extension) },
                "deadline" => read with { Deadline = Deadline(context, markup, extension) },
                "form" => read with { Form = [.. Children(extension, "field").Select(f => Field(context, markup, f))] },
                "input" or "output" => read,
                _ => Unknown(context, markup, extension, read),
            };
        }

        return read;
    }

    private static ElementExtensions Unknown(CompileContext context, MarkupElement markup, MarkupElement extension, ElementExtensions read)
    {
        context.Error(markup.Id, "extension", $"The extension '{extension.LocalName}' is not known.");
        return read;
    }

    private static IEnumerable<MarkupElement> Children(MarkupElement extension, string name) =>
        extension.Elements().Where(e => e.NamespaceUri == BpmnNames.Extension && e.LocalName == name);

    private static string Required(CompileContext context, MarkupElement markup, MarkupElement extension, string attribute, string[]? allowed = null)
    {
        var value = extension[attribute] ?? "";
        if (value.Length == 0) context.Error(markup.Id, "extension", $"'{extension.LocalName}' needs the attribute '{attribute}'.");
        else if (allowed is not null && !allowed.Contains(value)) context.Error(markup.Id, "extension", $"'{attribute}' of '{extension.LocalName}' is '{value}'; possible are {string.Join(", ", allowed)}.");
        return value;
    }

    private static RobotSettings Robot(CompileContext context, MarkupElement markup, MarkupElement extension)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in Children(extension, "setting"))
            values[Required(context, markup, setting, "name")] = setting["value"] ?? setting.Text();
        return new(Required(context, markup, extension, "type"), values);
    }

    private static AssignmentSettings Assignment(CompileContext context, MarkupElement markup, MarkupElement extension) => new(
        Required(context, markup, extension, "kind", Kinds),
        Required(context, markup, extension, "assignees"),
        extension["title"],
        extension["description"],
        [.. Children(extension, "outcome").Select(o => new AssignmentOutcome(Required(context, markup, o, "code"), o["name"] ?? o["code"] ?? ""))]);

    private static VoteSettings Vote(CompileContext context, MarkupElement markup, MarkupElement extension)
    {
        var rule = Required(context, markup, extension, "rule", Rules);
        decimal? number = decimal.TryParse(extension["number"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if (rule is "percent" or "quorum" && number is null) context.Error(markup.Id, "extension", $"The vote rule '{rule}' needs a number.");
        return new(rule, number, extension["veto"] is "true");
    }

    private static DeadlineSettings Deadline(CompileContext context, MarkupElement markup, MarkupElement extension)
    {
        var action = Required(context, markup, extension, "action", Actions);
        if (action == "decide") Required(context, markup, extension, "outcome");
        return new(Required(context, markup, extension, "after"), action, extension["outcome"]);
    }

    private static FormField Field(CompileContext context, MarkupElement markup, MarkupElement field) => new(
        Required(context, markup, field, "code"), field["kind"] ?? "string", field["label"], field["required"] is "true", field["readOnly"] is "true");
}

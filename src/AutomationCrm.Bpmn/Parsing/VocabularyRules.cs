using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Nothing of the BPMN namespace is read over: what is neither executed nor descriptive is an error at the element it belongs to.</summary>
internal static class VocabularyRules
{
    public static void Check(CompileContext context, MarkupElement process)
    {
        foreach (var beside in context.File.Root.Elements())
            if (beside.IsBpmn && beside.LocalName != "process") Walk(context, beside);
        Walk(context, process);
    }

    private static void Walk(CompileContext context, MarkupElement root)
    {
        var open = new Stack<(MarkupElement Element, string? Id)>();
        open.Push((root, root.Id));
        while (open.TryPop(out var at))
        {
            if (Look(context, at.Element, at.Id)) continue;
            foreach (var child in at.Element.Elements().Reverse())
                if (child.IsBpmn && child.LocalName != "extensionElements") open.Push((child, child.Id ?? at.Id));
        }
    }

    /// <summary>True when the element is refused, so what it contains need not be named as well.</summary>
    private static bool Look(CompileContext context, MarkupElement element, string? id)
    {
        if (Vocabulary.Refusal(element.LocalName) is { } reason)
        {
            context.Error(id, "unknown-element", reason);
            return true;
        }

        if (element.LocalName == "extension" && element["mustUnderstand"] is "true" or "1")
            context.Error(id, "extension", $"The file demands that the extension '{element["definition"]}' is understood; it is not.");
        if (element.LocalName == "transaction" && element["method"] is { } method && (method.EndsWith("Store", StringComparison.OrdinalIgnoreCase) || method.EndsWith("Image", StringComparison.OrdinalIgnoreCase)))
            context.Error(id, "transaction", $"A transaction is undone by compensation; the method '{method}' is not offered.");
        if (element["operationRef"] is { } operation && context.File.Resolve(operation) is not { LocalName: "operation" })
            context.Error(id, "unknown-reference", $"The operation '{operation}' does not exist.");
        if (element.LocalName == "dataStoreReference") context.Warn(id, "data-store", "The data store is a variable of the instance; other instances do not see it.");
        return false;
    }
}

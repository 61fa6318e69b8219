using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions;

/// <summary>
/// A setting's text, read once: plain text, text with placeholders <c>{=Document:TITLE}</c> and formulas <c>{{= … }}</c>, or a formula
/// when it begins with <c>=</c>. Immutable and safe to share between threads; evaluating the same source and context gives the same result.
/// </summary>
public sealed class Template
{
    private readonly Node? _root;

    private Template(string text, Node? root, ImmutableArray<Failure> problems)
    {
        (Text, _root, Problems) = (text, root, problems);
        Uses = [.. ReferenceFinder.Placeholders(root)
            .Where(placeholder => placeholder.IsRead)
            .Select(placeholder => new Reference(placeholder.Path, placeholder.Position, placeholder.Length))
            .Concat(ReferenceFinder.ReadByFunctions(root).Select(path => new Reference(path, 0, text.Length)))
            .DistinctBy(use => use.Path, StringComparer.OrdinalIgnoreCase)];
        References = [.. Uses.Select(use => use.Path)];
    }

    public string Text { get; }

    /// <summary>What is wrong with the text itself; a template with problems evaluates to the first of them.</summary>
    public ImmutableArray<Failure> Problems { get; }

    /// <summary>The paths asked of the source, each once (names of paths do not depend on case). The clock is not among them.</summary>
    public ImmutableArray<string> References { get; }

    /// <summary>As <see cref="References"/>, with where each is used first.</summary>
    public ImmutableArray<Reference> Uses { get; }

    /// <summary>Plain text: nothing to evaluate.</summary>
    public bool IsConstant => _root is PlainNode;

    internal Node? Root => _root;

    /// <summary>Never throws: whatever is wrong with the text stands in <see cref="Problems"/>.</summary>
    public static Template Parse(string? text)
    {
        var scanner = new Scanner(text ?? "");
        if (scanner.Text.Length == 0) return new Template("", new PlainNode(0, ""), []);
        var root = new TemplateParser(scanner).Parse();
        return new Template(scanner.Text, root, [.. scanner.Problems]);
    }

    public Evaluation Evaluate(IValueSource source, EvaluationContext context)
    {
        if (_root is null) return Evaluation.Of(Problems[0]);
        var run = new Run(source, context);
        return _root.Evaluate(run) is { } value ? Evaluation.Of(value) : Evaluation.Of(run.Failure!);
    }

    /// <summary>Everything to mend before the text may be used: its problems, and each place that names a path which is not known.</summary>
    public ImmutableArray<Failure> Check(Predicate<string> isKnown)
    {
        var places = ReferenceFinder.Placeholders(_root)
            .Where(placeholder => placeholder.IsRead)
            .Select(placeholder => (placeholder.Path, placeholder.Position, placeholder.Length))
            .Concat(ReferenceFinder.ReadByFunctions(_root).Distinct(StringComparer.Ordinal).Select(path => (Path: path, Position: 0, Text.Length)));
        return [.. Problems, .. places.Where(place => !isKnown(place.Path)).Select(place => Failure.Of(FailureCodes.UnknownReference, place.Position, place.Length, place.Path))];
    }

    /// <summary>As <see cref="Evaluate"/>, but the result is always a text, also of a single placeholder, and encoded when the context says so.</summary>
    public Evaluation EvaluateText(IValueSource source, EvaluationContext context)
    {
        if (_root is null) return Evaluation.Of(Problems[0]);
        var run = new Run(source, context);
        var value = _root is TextNode ? _root.Evaluate(run) : TextNode.TextOf(_root, run) is { } text && run.Grow(text.Length, _root) ? Value.Of(text) : null;
        return value is null ? Evaluation.Of(run.Failure!) : Evaluation.Of(value);
    }

    /// <summary>A list setting: one value per template, and a template that gives a list adds its elements (one level).</summary>
    public static Evaluation EvaluateList(IReadOnlyList<Template> templates, IValueSource source, EvaluationContext context)
    {
        var values = new List<Value>(templates.Count);
        foreach (var template in templates)
        {
            var evaluation = template.Evaluate(source, context);
            if (!evaluation.Succeeded) return evaluation;
            if (evaluation.Value is ListValue list) values.AddRange(list.Items);
            else values.Add(evaluation.Value!);
        }

        return Evaluation.Of(Value.Of(values));
    }

    /// <summary>The text written anew from what was understood, in one canonical spelling; the text itself when it has problems.</summary>
    public string Print() => _root is null ? Text : Printer.Print(_root);

    public override string ToString() => Text;
}

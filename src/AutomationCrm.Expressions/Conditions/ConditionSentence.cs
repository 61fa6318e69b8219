using System.Globalization;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>Tells a condition, and what came of it, in plain words.</summary>
public static class ConditionSentence
{
    public static string Of(Condition condition, ISentenceWords words) => condition switch
    {
        AllCondition { Parts.IsEmpty: true } => words.Text("sentence.always"),
        AnyCondition { Parts.IsEmpty: true } => words.Text("sentence.never"),
        AllCondition all => string.Join(words.Text("sentence.and"), all.Parts.Select(part => Grouped(part, words, all.Parts.Length))),
        AnyCondition any => string.Join(words.Text("sentence.or"), any.Parts.Select(part => Grouped(part, words, any.Parts.Length))),
        NotCondition not => Say(words, "sentence.not", Of(not.Part, words)),
        ConditionRow row => OfRow(row, words),
        _ => "",
    };

    /// <summary>One row with what it saw: met, not met, failed or not needed.</summary>
    public static string Of(RowOutcome outcome, ISentenceWords words)
    {
        var sentence = OfRow(outcome.Row, words);
        if (outcome.Failure is { } failure) return Say(words, "sentence.outcome.failed", sentence, failure.Message);
        if (outcome.Holds is not { } holds) return Say(words, "sentence.outcome.skipped", sentence);
        var seen = outcome.Left is { IsEmpty: false } left ? words.Value(outcome.Row.Path, left) : words.Text("sentence.nothing");
        return Say(words, holds ? "sentence.outcome.met" : "sentence.outcome.unmet", sentence, seen);
    }

    private static string Grouped(Condition part, ISentenceWords words, int neighbours)
    {
        var text = Of(part, words);
        return neighbours > 1 && part is AllCondition { Parts.Length: > 1 } or AnyCondition { Parts.Length: > 1 } ? Say(words, "sentence.group", text) : text;
    }

    private static string OfRow(ConditionRow row, ISentenceWords words)
    {
        var field = words.Field(row.Path);
        if (row.Code == OperatorCodes.Changed) return Changed(row, field, words);
        if (row.Value is null) return Say(words, $"sentence.{row.Code}", field);
        if (row.Code == OperatorCodes.Between && Bounds(row.Path, row.Value, words) is [var low, var high]) return Say(words, "sentence.between", field, low, high);
        return Say(words, $"sentence.{row.Code}", field, Shown(row.Path, row.Value, words));
    }

    private static string Changed(ConditionRow row, string field, ISentenceWords words) => (row.From, row.To) switch
    {
        (null, null) => Say(words, "sentence.changed", field),
        ({ } from, null) => Say(words, "sentence.changed_from", field, Shown(row.Path, from, words)),
        (null, { } to) => Say(words, "sentence.changed_to", field, Shown(row.Path, to, words)),
        ({ } from, { } to) => Say(words, "sentence.changed_from_to", field, Shown(row.Path, from, words), Shown(row.Path, to, words)),
    };

    private static string[] Bounds(string path, Operand operand, ISentenceWords words) =>
        operand.Templates.IsEmpty
            ? [.. Comparison.Items(operand.Constant!).Select(value => words.Value(path, value))]
            : [.. operand.Templates.Select(template => Shown(path, template, words))];

    private static string Shown(string path, Operand operand, ISentenceWords words)
    {
        var parts = Bounds(path, operand, words);
        var joined = string.Join(words.Text("sentence.list"), parts.Select(part => Say(words, "sentence.value", part)));
        return parts is [""] or [] ? words.Text("sentence.nothing") : joined;
    }

    private static string Shown(string path, Template template, ISentenceWords words)
    {
        if (template.IsConstant) return words.Value(path, Value.Of(template.Text));
        return template.Root is ReferenceNode reference ? words.Field(reference.Path) : template.Text;
    }

    private static string Say(ISentenceWords words, string key, params object[] parts) =>
        string.Format(CultureInfo.InvariantCulture, words.Text(key), parts);
}

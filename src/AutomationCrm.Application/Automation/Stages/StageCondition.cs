using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>All rows must hold; every row remembers what it saw. A row that cannot be evaluated fails the condition closed.</summary>
public sealed class StageCondition
{
    private readonly List<(ConditionRow Row, string Path, Template? Right)> rows;

    private StageCondition(List<(ConditionRow, string, Template?)> rows) => this.rows = rows;

    public IEnumerable<(ConditionRow Row, Template? Right)> Rows => rows.Select(r => (r.Row, r.Right));

    /// <summary>The paths it reads.</summary>
    public IEnumerable<string> References => rows.SelectMany(r => (IEnumerable<string>)[r.Path, .. r.Right?.References ?? []]);

    public static StageCondition? Parse(ConditionConfig? config) =>
        config is null || config.All.Count == 0 ? null
        : new([.. config.All.Select(r => (r, r.Field.Contains(':') ? r.Field : "Document:" + r.Field, r.Value is null ? null : Template.Parse(r.Value)))]);

    /// <summary>Whether it holds, the operands as JSON for the history, and the reason when a row could not be evaluated.</summary>
    public (bool Holds, string OperandsJson, string? Failure) Evaluate(IValueSource source, EvaluationContext context)
    {
        using var buffer = new MemoryStream();
        var (all, failure) = (true, (string?)null);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var (row, path, right) in rows)
            {
                var (left, value, verdict, why) = EvaluateRow(row, path, right, source, context);
                all &= verdict;
                failure ??= why;
                json.WriteStartObject();
                json.WriteString("field", row.Field);
                json.WriteString("op", row.Op);
                json.WritePropertyName("left");
                ValueJson.Write(json, left);
                json.WritePropertyName("right");
                ValueJson.Write(json, value);
                json.WriteBoolean("holds", verdict);
                if (why is not null) json.WriteString("failure", why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return (all, System.Text.Encoding.UTF8.GetString(buffer.ToArray()), failure);
    }

    private static (Value Left, Value Right, bool Holds, string? Failure) EvaluateRow(ConditionRow row, string path, Template? template, IValueSource source, EvaluationContext context)
    {
        if (source.Get(path) is not { } left) return (Value.Null, Value.Null, false, $"The field {row.Field} is not known.");

        Value? right = null;
        if (template is not null)
        {
            var evaluation = template.Evaluate(source, context);
            if (evaluation.Failure is { } failure) return (left, Value.Null, false, failure.Message);
            right = evaluation.Value;
        }

        var verdict = Comparison.Compare(left, row.Op, right, context);
        return (left, right ?? Value.Null, verdict.Holds, verdict.Failure?.Message);
    }
}

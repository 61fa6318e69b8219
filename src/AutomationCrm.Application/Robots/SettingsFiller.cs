using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>Fills the placeholders of a configured robot. An unknown reference is a failure that names the setting, never an empty text.</summary>
internal static class SettingsFiller
{
    public static (SettingValues? Values, string? Failure) Fill(RobotPlan plan, IRobot robot, IValueSource source, EvaluationContext context)
    {
        var scalars = new Dictionary<string, Value>(plan.Scalars.Count);
        var maps = new Dictionary<string, IReadOnlyDictionary<string, Value>>(plan.Maps.Count);
        foreach (var (name, templates) in plan.Scalars)
        {
            var list = new List<Value>(templates.Count);
            // An encoded setting is read by a machine: its numbers have a point in every language.
            var encoder = robot.Encoder(name, plan.Constants);
            foreach (var template in templates)
            {
                var (value, failure) = encoder is null ? Evaluate(name, template, source, context) : EvaluateText(name, template, source, context with { Encode = encoder, Culture = CultureInfo.InvariantCulture });
                if (failure is not null) return (null, failure);
                if (value is ListValue inner && plan.Lists.Contains(name)) list.AddRange(inner.Items);
                else list.Add(value!);
            }

            scalars[name] = plan.Lists.Contains(name) ? Value.Of(list) : list[0];
        }

        foreach (var (name, templates) in plan.Maps)
        {
            var map = new Dictionary<string, Value>(templates.Count);
            foreach (var (key, template) in templates)
            {
                var (value, failure) = Evaluate($"{name}.{key}", template, source, context);
                if (failure is not null) return (null, failure);
                map[key] = value!;
            }

            maps[name] = map;
        }

        var broken = plan.Conditions.FirstOrDefault(c => c.Value.Condition is null);
        if (broken.Key is { } setting) return (null, $"{setting}: {broken.Value.Problems[0].Message}");
        return (new(scalars, maps) { Conditions = plan.Conditions.ToDictionary(c => c.Key, c => c.Value.Condition!) }, null);
    }

    public static string ToJson(SettingValues values)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values.Scalars) Write(json, name, value);
            foreach (var (name, condition) in values.Conditions)
            {
                json.WritePropertyName(name);
                ConditionJson.Write(condition).WriteTo(json);
            }

            foreach (var (name, map) in values.Maps)
            {
                json.WriteStartObject(name);
                foreach (var (key, value) in map) Write(json, key, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, Value value)
    {
        json.WritePropertyName(name);
        ValueJson.Write(json, value);
    }

    private static (Value? Value, string? Failure) EvaluateText(string name, Template template, IValueSource source, EvaluationContext context)
    {
        var evaluation = template.EvaluateText(source, context);
        return evaluation.Failure is { } failure ? (null, $"{name}: {failure.Message}") : (evaluation.Value, null);
    }

    private static (Value? Value, string? Failure) Evaluate(string name, Template template, IValueSource source, EvaluationContext context)
    {
        var evaluation = template.Evaluate(source, context);
        return evaluation.Failure is { } failure ? (null, $"{name}: {failure.Message}") : (evaluation.Value, null);
    }
}

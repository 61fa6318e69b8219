using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Xml;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>Fills a settings record from typed values and describes it as fields; built once per settings type.</summary>
internal sealed class SettingsBinder<TSettings>
    where TSettings : class, new()
{
    private readonly List<Property> properties = [];

    public SettingsBinder()
    {
        foreach (var property in typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<SettingAttribute>() is not { } setting) continue;

            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var field = new Field(name, name, name, setting.Kind) { Required = setting.Required, Multiple = setting.Multiple, MaxLength = setting.MaxLength, Options = setting.Options, When = setting.When };
            properties.Add(new(field, property, property.SetValue));
        }

        Fields = [.. properties.Select(p => p.Field)];
    }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Throws <see cref="RuleBrokenException"/> naming the setting whose value does not fit.</summary>
    public TSettings Bind(SettingValues values)
    {
        var settings = new TSettings();
        foreach (var (field, property, set) in properties)
        {
            if (field.Kind == FieldKind.Condition)
            {
                if (values.Conditions.TryGetValue(field.Code, out var condition)) set(settings, condition);
                else if (field.Required) throw new RuleBrokenException("setting.required", $"The setting {field.Code} is empty.", field.Code);
            }
            else if (values.Maps.TryGetValue(field.Code, out var map)) set(settings, field.Kind is FieldKind.Texts or FieldKind.StageMap && property.PropertyType != typeof(IReadOnlyDictionary<string, Value>) ? map.ToDictionary(m => m.Key, m => Text(m.Value)) : map);
            else if (values.Scalars.TryGetValue(field.Code, out var value) && !value.IsEmpty) set(settings, Convert(field, property.PropertyType, value));
            else if (field.Required) throw new RuleBrokenException("setting.required", $"The setting {field.Code} is empty.", field.Code);
        }

        return settings;
    }

    private static object Convert(Field field, Type type, Value value)
    {
        if (type == typeof(Value)) return value;
        if (type == typeof(string)) return Text(value);
        if (type == typeof(bool)) return value is BoolValue { Flag: true } or TextValue { Text: "Y" or "true" };
        if (type == typeof(int)) return value is NumberValue n ? (int)n.Number : int.TryParse(Text(value), CultureInfo.InvariantCulture, out var i) ? i : throw Wrong(field, "a whole number");
        if (type == typeof(TimeSpan) || type == typeof(TimeSpan?)) return Duration(field, Text(value));
        if (type == typeof(DateTimeOffset?)) return ((InstantValue)Crm.Items.FieldText.Invariant.Convert(field with { Kind = FieldKind.Instant, Multiple = false }, value)).At;
        if (type == typeof(IReadOnlyList<string>)) return (value is ListValue texts ? texts.Items : [value]).Select(Text).Where(t => t.Length > 0).ToList();
        if (type == typeof(IReadOnlyList<long>)) return People(field, value);
        if (type == typeof(IReadOnlyList<string>)) return (value is ListValue list ? list.Items.Select(Text) : [Text(value)]).Where(t => t.Length > 0).ToList();
        throw new NotSupportedException($"Settings of type {type.Name} are not supported.");
    }

    private static List<long> People(Field field, Value value)
    {
        var ids = new List<long>();
        foreach (var one in value is ListValue list ? list.Items : [value])
        {
            ids.Add(one switch
            {
                UserValue user => user.Id,
                NumberValue number => (long)number.Number,
                TextValue text when long.TryParse(text.Text.AsSpan(text.Text.StartsWith("user_", StringComparison.Ordinal) ? 5 : 0), CultureInfo.InvariantCulture, out var id) => id,
                _ => throw Wrong(field, "people"),
            });
        }

        return ids;
    }

    private static TimeSpan Duration(Field field, string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            throw Wrong(field, "a duration such as PT10M");
        }
    }

    private static string Text(Value value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        BoolValue flag => flag.Flag ? "Y" : "N",
        DateValue day => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InstantValue at => at.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        MoneyValue money => string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}"),
        UserValue user => string.Create(CultureInfo.InvariantCulture, $"user_{user.Id}"),
        ContactPointValue point => point.Text,
        ListValue list => string.Join(", ", list.Items.Select(Text)),
        _ => "",
    };

    private static RuleBrokenException Wrong(Field field, string wanted) => new("setting.type", $"The setting {field.Code} takes {wanted}.", field.Code);

    private sealed record Property(Field Field, PropertyInfo Info, Action<object, object?> Set);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A configured trigger, parsed once per version.</summary>
public sealed class TriggerPlan
{
    private object? bound;

    private TriggerPlan(TriggerConfig config) => Config = config;

    public TriggerConfig Config { get; }

    public string Key => Config.Key;

    /// <summary>Null when it has none, or when it cannot be read.</summary>
    public Condition? Condition { get; private init; }

    public ImmutableArray<Failure> Problems { get; private init; } = [];

    public required SettingValues Settings { get; init; }

    public static TriggerPlan Parse(TriggerConfig config)
    {
        var reading = config.Condition is { ValueKind: JsonValueKind.Object } json ? ConditionJson.Read(json) : null;
        return new(config) { Condition = reading?.Condition, Problems = reading?.Problems ?? [], Settings = Read(config.Settings) };
    }

    /// <summary>The settings as the type's record; <see cref="Domain.Common.RuleBrokenException"/> when they do not fit.</summary>
    public object BoundBy(ITrigger type) => bound ??= type.Bind(Settings);

    /// <summary>Who makes the move.</summary>
    public long RunAs(Item item) => Config.RunAs switch
    {
        TriggerConfig.Responsible => item.ResponsibleId,
        _ when Config.RunAs.StartsWith(TriggerConfig.PersonPrefix, StringComparison.Ordinal)
            && long.TryParse(Config.RunAs.AsSpan(TriggerConfig.PersonPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
        _ => Common.Calls.Caller.SystemId,
    };

    // Settings of triggers are constants: there is no item yet whose values could stand in them.
    private static SettingValues Read(JsonElement settings)
    {
        if (settings.ValueKind != JsonValueKind.Object) return SettingValues.Empty;

        var scalars = new Dictionary<string, Value>();
        foreach (var setting in settings.EnumerateObject())
        {
            scalars[setting.Name] = setting.Value.ValueKind == JsonValueKind.Array
                ? Value.Of(setting.Value.EnumerateArray().Select(e => Value.Of(Text(e))))
                : Value.Of(Text(setting.Value));
        }

        return new(scalars, SettingValues.Empty.Maps);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "Y",
        JsonValueKind.False => "N",
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}

using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Tests;

/// <summary>A settings record with something in every property.</summary>
internal static class Samples
{
    public static object Of(Type settings)
    {
        var sample = Activator.CreateInstance(settings)!;
        foreach (var property in settings.GetProperties()) property.SetValue(sample, Sample(property.PropertyType, property.Name));
        return sample;
    }

    private static object? Sample(Type type, string name) => type switch
    {
        _ when type == typeof(string) => $"{name} \"quoted\" {{=Document:TITLE}}",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(TimeSpan) || type == typeof(TimeSpan?) => TimeSpan.FromMinutes(90),
        _ when type == typeof(DateTimeOffset?) => new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero),
        _ when type == typeof(Value) => Value.Of(new DateOnly(2026, 3, 31)),
        _ when type == typeof(IReadOnlyList<string>) => (IReadOnlyList<string>)["TITLE", "OPPORTUNITY"],
        _ when type == typeof(IReadOnlyList<long>) => (IReadOnlyList<long>)[3, 5],
        _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["X-Name"] = "value" },
        // Filled from configuration and never read from such JSON.
        _ when type == typeof(AutomationCrm.Expressions.Conditions.Condition) => null,
        _ when type == typeof(IReadOnlyDictionary<string, Value>) => new Dictionary<string, Value>(),
        _ => throw new NotSupportedException($"{name}: {type}"),
    };
}

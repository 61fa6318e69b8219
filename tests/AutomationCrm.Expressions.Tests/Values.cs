using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

/// <summary>A source over a dictionary; paths do not depend on case.</summary>
internal sealed class Known : IValueSource
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.OrdinalIgnoreCase);

    public Known With(string path, Value value)
    {
        _values[path] = value;
        return this;
    }

    public Known With(string path, string text) => With(path, Value.Of(text));

    public Known With(string path, decimal number) => With(path, Value.Of(number));

    public Value? Get(string path) => _values.GetValueOrDefault(path);
}

/// <summary>Names, zones and rates that tests know.</summary>
internal sealed class SomeFacts : IHostFacts
{
    public string? Show(string? path, Value value, string form) => (value, form) switch
    {
        (UserValue user, "printable") => $"Ann Lee [{user.Id}]",
        (UserValue, "friendly") => "Ann Lee",
        (TextValue { Text: "hot" }, "printable") => "Hot lead",
        (NumberValue file, "name") => $"offer-{file.Number.ToString(CultureInfo.InvariantCulture)}.pdf",
        (NumberValue file, "src") => $"/files/{file.Number.ToString(CultureInfo.InvariantCulture)}",
        (NumberValue file, "publink") => $"https://crm.example/pub/{file.Number.ToString(CultureInfo.InvariantCulture)}",
        (NumberValue file, "shortlink") => $"https://crm.example/~{file.Number.ToString(CultureInfo.InvariantCulture)}",
        _ => null,
    };

    public TimeZoneInfo? ZoneOf(long userId) => userId == 7 ? TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") : null;

    public decimal? Rate(string from, string to) => (from, to) switch
    {
        ("USD", "EUR") => 0.5m,
        ("EUR", "USD") => 2m,
        _ => null,
    };
}

internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 30, 0, TimeSpan.Zero);

    public static readonly EvaluationContext Context = new(Now) { Facts = new SomeFacts(), Seed = 42 };

    public static readonly EvaluationContext Russian = Context with
    {
        Culture = CultureInfo.GetCultureInfo("ru-RU"),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"),
    };

    public static Value Date(string day) => Value.Of(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static Value At(string at) => Value.Of(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    public static Value List(params Value[] values) => Value.Of(values);

    public static Value Texts(params string[] values) => Value.Of(values.Select(text => Value.Of(text)));
}

using System.Globalization;
using System.Resources;

namespace AutomationCrm.Expressions;

/// <summary>The library's own texts by resource key, English and Russian: functions, modifiers, sentences of conditions, failures.</summary>
public static class ExpressionTexts
{
    private static readonly ResourceManager Resources = new("AutomationCrm.Expressions.Resources.ExpressionTexts", typeof(ExpressionTexts).Assembly);

    /// <summary>The text of a key; the key itself when there is none.</summary>
    public static string Get(string key, CultureInfo culture) => Resources.GetString(key, culture) ?? key;

    /// <summary>A failure in the reader's language.</summary>
    public static string Describe(Failure failure, CultureInfo culture) =>
        Resources.GetString($"failure.{failure.Code}", culture) is { } text
            ? failure.WithPlace(string.Format(CultureInfo.InvariantCulture, text, [.. failure.Arguments.Select(argument => Term(argument, culture))]))
            : failure.Message;

    /// <summary>The library's own words among the arguments ("a number", "an operator") in the reader's language; anything else as it is.</summary>
    internal static string Term(string argument, CultureInfo culture) => Resources.GetString($"term.{argument}", culture) ?? argument;
}

using System.Globalization;
using System.Text;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.Messages.Chat;

/// <summary>People named in a text: written as @Ada Admin, kept as @user_7, so that a new name does not break old messages.</summary>
public static class Mentions
{
    /// <summary>Replaces names of people who work here by their ids; the longest name that fits wins.</summary>
    public static string Encode(string text, IEnumerable<Person> people)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return text;

        var known = people.Where(p => p.IsActive && p.FullName.Length > 0).OrderByDescending(p => p.FullName.Length).ThenBy(p => p.Id).ToList();
        var encoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var person = text[i] == '@' && (i == 0 || !char.IsLetterOrDigit(text[i - 1])) ? known.Find(p => Names(text, i + 1, p.FullName)) : null;
            if (person is null) encoded.Append(text[i]);
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"@user_{person.Id}");
                i += person.FullName.Length;
            }
        }

        return encoded.ToString();
    }

    /// <summary>The text in pieces; a piece with an id is a mention.</summary>
    public static IEnumerable<(string Text, long? Person)> Split(string text)
    {
        var from = 0;
        for (var at = text.IndexOf("@user_", StringComparison.Ordinal); at >= 0; at = text.IndexOf("@user_", at, StringComparison.Ordinal))
        {
            var end = at + 6;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end > at + 6 && long.TryParse(text.AsSpan(at + 6, end - at - 6), CultureInfo.InvariantCulture, out var id))
            {
                if (at > from) yield return (text[from..at], null);
                yield return (text[at..end], id);
                from = end;
            }

            at = end;
        }

        if (from < text.Length) yield return (text[from..], null);
    }

    public static IReadOnlyList<long> Of(string text) => [.. Split(text).Where(p => p.Person is not null).Select(p => p.Person!.Value).Distinct()];

    private static bool Names(string text, int at, string name) =>
        text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase) && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]));
}

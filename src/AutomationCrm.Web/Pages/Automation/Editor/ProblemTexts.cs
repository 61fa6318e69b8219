using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>Problems of robots in the reader's language: which part, and what is wrong with it.</summary>
public sealed class ProblemTexts(IStringLocalizer<Texts> texts, RobotTexts robots)
{
    /// <param name="message">Said in English when the code has no text of its own; quotes what is unknown.</param>
    public string Say(string code, string part, string type, string message)
    {
        var said = texts[$"problem.{code.Replace('.', '_')}"] is { ResourceNotFound: false } text ? text.Value : message;
        return texts["problem.line", Part(part, type), said == message ? message : $"{said} {Quoted(message)}".TrimEnd()];
    }

    public string Part(string part, string type) =>
        texts[$"diff.part.{Snake(part)}"] is { ResourceNotFound: false } title ? title.Value : robots.Setting(type, part);

    /// <summary>A property of the wire format as keys of texts are written: afterPrevious is after_previous.</summary>
    internal static string Snake(string part) => string.Concat(part.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>What the English sentence quotes: a placeholder, a code, a number.</summary>
    private static string Quoted(string message)
    {
        var open = message.IndexOf("{=", StringComparison.Ordinal);
        if (open >= 0 && message.IndexOf('}', open) is var close and > 0) return message[open..(close + 1)];

        var (quote, end) = (message.IndexOf('"', StringComparison.Ordinal), message.LastIndexOf('"'));
        if (end > quote) return $"“{message[(quote + 1)..end]}”";

        var words = message.Split(' ');
        return Array.Find(words, w => w.Contains(':', StringComparison.Ordinal) && w.Length > 2 || w.Contains('_', StringComparison.Ordinal))?.TrimEnd('.') ?? "";
    }
}

using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Reads numbers and quoted texts; null after a problem.</summary>
internal static class LiteralParser
{
    public static LiteralNode? Text(Scanner scanner)
    {
        var start = scanner.Position;
        var quote = scanner.Current;
        // A doubled quote stands for itself; Bitrix24 has no way to write one.
        for (var i = start + 1; i < scanner.Text.Length; i++)
        {
            if (scanner.Text[i] != quote) continue;
            if (i + 1 < scanner.Text.Length && scanner.Text[i + 1] == quote)
            {
                i++;
                continue;
            }

            scanner.Position = i + 1;
            var text = scanner.Text[(start + 1)..i].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
            return new LiteralNode(start, i + 1 - start, Value.Of(text));
        }

        scanner.Problem(FailureCodes.Unclosed, start, 1, "The text", $"{quote}");
        return null;
    }

    public static LiteralNode? Number(Scanner scanner)
    {
        var start = scanner.Position;
        var digits = scanner.TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        if (decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return new LiteralNode(start, digits.Length, Value.Of(number));
        scanner.Problem(FailureCodes.BadNumber, start, digits.Length, digits.ToString());
        return null;
    }
}

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>Numbers as providers take them: digits with an optional plus.</summary>
public static class PhoneNumber
{
    /// <summary>Takes blanks, brackets, dashes, dots and slashes out; null when what is left is no number of 5 to 15 digits.</summary>
    public static string? Normalize(string text)
    {
        var plain = string.Concat(text.Trim().Where(c => c is not (' ' or '(' or ')' or '-' or '.' or '/' or '\u00A0' or '\u2011' or '\u2013')));
        if (plain.StartsWith("00", StringComparison.Ordinal)) plain = "+" + plain[2..];
        var digits = plain.StartsWith('+') ? plain[1..] : plain;
        return digits.Length is >= 5 and <= 15 && digits.All(char.IsAsciiDigit) ? plain : null;
    }
}

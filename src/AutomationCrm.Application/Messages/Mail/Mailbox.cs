using System.Buffers;
using System.Globalization;
using System.Net.Mail;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>An address that may stand in an SMTP command, with a name that may stand in a header. Made by <see cref="TryParse"/> only.</summary>
public sealed record Mailbox
{
    private const string Atoms = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.";

    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create(Atoms);
    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private Mailbox(string name, string address) => (Name, Address) = (name, address);

    public string Name { get; }

    /// <summary>local@domain, the domain in lower case and in its ASCII form.</summary>
    public string Address { get; }

    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Reads <c>Name &lt;address&gt;</c> or an address alone. Stricter than the standard: no quoted parts, no comments, no routes, no address literals.</summary>
    public static Mailbox? TryParse(string? text)
    {
        if (text is null || HeaderText.IsHostile(text)) return null;

        text = text.Trim();
        var name = "";
        if (text.EndsWith('>'))
        {
            var open = text.LastIndexOf('<');
            if (open < 0) return null;
            name = text[..open].Trim().Trim('"').Trim();
            text = text[(open + 1)..^1];
        }

        if (name.Length > 200 || name.AsSpan().IndexOfAny("<>\"\\") >= 0) return null;
        var at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || DomainOf(text[(at + 1)..]) is not { } domain) return null;

        var local = text[..at];
        if (local.AsSpan().ContainsAnyExcept(LocalCharacters) || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return null;
        return local.Length + domain.Length < 254 && MailAddress.TryCreate($"{local}@{domain}", out _) ? new(name, $"{local}@{domain}") : null;
    }

    /// <summary>Reads a list separated by commas, semicolons or lines; the second part is the first piece that is no address.</summary>
    public static (IReadOnlyList<Mailbox> Addresses, string? Wrong) ParseList(string text)
    {
        var found = new List<Mailbox>();
        foreach (var piece in text.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryParse(piece) is not { } mailbox) return ([], piece);
            if (found.TrueForAll(f => !f.Address.Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase))) found.Add(mailbox);
        }

        return (found, null);
    }

    public override string ToString() => Name.Length > 0 ? $"{Name} <{Address}>" : Address;

    private static string? DomainOf(string text)
    {
        try
        {
            var domain = Idn.GetAscii(text).ToLowerInvariant();
            return domain.Length is > 0 and <= 253 && !domain.AsSpan().ContainsAnyExcept(DomainCharacters) && domain.Split('.').All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-')
                && !domain.Split('.')[^1].All(char.IsAsciiDigit) ? domain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>What may stand in one line of a header.</summary>
public static class HeaderText
{
    /// <summary>Line breaks, NUL and other control characters: they would begin a header or a command of their own.</summary>
    public static bool IsHostile(string text) => text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c) && !IsPaired(text));

    /// <summary>Control characters become blanks: for values that are filled into a line.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }
}

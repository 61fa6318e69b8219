using AutomationCrm.Expressions.Calculation;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Reads <c>{= object : field > modifier, modifier }</c>; null after a problem.</summary>
internal static class PlaceholderParser
{
    public const string Opening = "{=";

    private static readonly Dictionary<string, string> KnownObjects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Document"] = "Document",
        ["Template"] = "Template",
        ["Variable"] = "Variable",
        ["Constant"] = "Constant",
        ["GlobalVar"] = "GlobalVar",
        ["GlobalConst"] = "GlobalConst",
        ["Workflow"] = "Workflow",
        ["User"] = "User",
        ["System"] = "System",
    };

    public static ReferenceNode? Parse(Scanner scanner)
    {
        var start = scanner.Position;
        scanner.Position += Opening.Length;
        if (Path(scanner) is not { } path) return null;
        string? type = null;
        string? format = OldSuffix(ref path);
        scanner.SkipSpaces();
        if (scanner.Take('>') && !ReadModifiers(scanner, ref type, ref format)) return null;
        scanner.SkipSpaces();
        if (scanner.Take('}')) return new ReferenceNode(start, scanner.Position - start, path, type, format);
        if (scanner.AtEnd) scanner.Problem(FailureCodes.Unclosed, start, scanner.Position - start, Opening + path, "'}'");
        else scanner.Expected("'>' or '}'");
        return null;
    }

    /// <summary>A path with the known objects in their one spelling.</summary>
    public static string Canonical(string path)
    {
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && KnownObjects.TryGetValue(path[..colon], out var known) ? known + path[colon..] : path;
    }

    public static bool IsObjectCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    public static bool IsFieldCharacter(char c) => IsObjectCharacter(c) || c == '.';

    private static string? Path(Scanner scanner)
    {
        scanner.SkipSpaces();
        var owner = scanner.TakeWhile(IsObjectCharacter).ToString();
        if (owner.Length == 0) return Missing(scanner, "an object such as Document");
        scanner.SkipSpaces();
        if (!scanner.Take(':')) return Missing(scanner, "':'");
        scanner.SkipSpaces();
        var field = scanner.TakeWhile(IsFieldCharacter).ToString();
        return field.Length == 0 ? Missing(scanner, "a field") : $"{KnownObjects.GetValueOrDefault(owner, owner)}:{field}";
    }

    private static string? Missing(Scanner scanner, string what)
    {
        scanner.Expected(what);
        return null;
    }

    private static string? OldSuffix(ref string path)
    {
        const string Suffix = "_PRINTABLE";
        if (!path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || path[^(Suffix.Length + 1)] == ':') return null;
        path = path[..^Suffix.Length];
        return "printable";
    }

    private static bool ReadModifiers(Scanner scanner, ref string? type, ref string? format)
    {
        do
        {
            scanner.SkipSpaces();
            var start = scanner.Position;
            var name = scanner.TakeWhile(c => IsObjectCharacter(c) || c == ':').ToString();
            if (name.Length == 0)
            {
                scanner.Expected("a modifier");
                return false;
            }

            if (!Accept(scanner, name, start, ref type, ref format)) return false;
            scanner.SkipSpaces();
        }
        while (scanner.Take(','));
        return true;
    }

    private static bool Accept(Scanner scanner, string name, int start, ref string? type, ref string? format)
    {
        var modifier = name.ToLowerInvariant();
        if (Modifiers.IsFormat(modifier) && format is null) format = modifier;
        else if (Modifiers.IsType(modifier) && type is null) type = modifier;
        else
        {
            var code = Modifiers.IsFormat(modifier) || Modifiers.IsType(modifier) ? FailureCodes.TooManyModifiers : FailureCodes.UnknownModifier;
            scanner.Problem(code, start, name.Length, name);
            return false;
        }

        return true;
    }
}

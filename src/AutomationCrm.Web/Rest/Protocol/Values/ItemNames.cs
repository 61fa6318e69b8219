using System.Text;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>camelCase names of crm.item.* from UPPER_SNAKE ones (section 1.10 of the protocol).</summary>
internal static class ItemNames
{
    public const string CustomPrefix = "UF_CRM_";
    private const string ParentPrefix = "PARENT_ID_";

    private static readonly Dictionary<string, string> Special = new(StringComparer.Ordinal)
    {
        ["STATUS_ID"] = "stageId",
        ["STATUS_SEMANTIC_ID"] = "stageSemanticId",
        ["DATE_CREATE"] = "createdTime",
        ["DATE_MODIFY"] = "updatedTime",
        ["CREATED_BY_ID"] = "createdBy",
        ["MODIFY_BY_ID"] = "updatedBy",
        ["MOVED_BY_ID"] = "movedBy",
        ["COMPANY_TYPE"] = "typeId",
    };

    public static string Of(string classicName)
    {
        if (Special.TryGetValue(classicName, out var special)) return special;
        if (classicName.StartsWith(CustomPrefix, StringComparison.Ordinal)) return OfCustom(classicName);
        return classicName.StartsWith(ParentPrefix, StringComparison.Ordinal) ? "parentId" + classicName[ParentPrefix.Length..] : Camel(classicName);
    }

    // Regular: UF_CRM_{object}_{words} of letters only or digits only. Everything else changes its prefix alone.
    private static string OfCustom(string name)
    {
        var rest = name[CustomPrefix.Length..];
        var split = rest.IndexOf('_', StringComparison.Ordinal);
        if (split > 0 && rest[..split].All(char.IsAsciiDigit) && IsUniform(rest[(split + 1)..]))
            return "ufCrm" + rest[..split] + Join(rest[(split + 1)..]);
        return "ufCrm_" + rest;
    }

    private static bool IsUniform(string words)
    {
        var signs = words.Where(c => c != '_').ToArray();
        return signs.Length > 0 && (signs.All(char.IsAsciiLetter) || signs.All(char.IsAsciiDigit));
    }

    // The underscore stays between groups of digits, which would otherwise run together.
    private static string Join(string words)
    {
        var text = new StringBuilder();
        foreach (var word in words.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsAsciiDigit(word[0])) text.Append('_').Append(word);
            else text.Append(Pascal(word));
        }

        return text.ToString();
    }

    private static string Camel(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? name : Lower(words[0]) + string.Concat(words.Skip(1).Select(Pascal));
    }

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + Lower(word[1..]);

#pragma warning disable CA1308 // names are written in lower case, nothing is compared by it
    private static string Lower(string word) => word.ToLowerInvariant();
#pragma warning restore CA1308
}

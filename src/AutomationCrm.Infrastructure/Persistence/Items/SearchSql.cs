using System.Globalization;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>What a person typed into a search box, as words to be found in an item's search column.</summary>
internal static class SearchSql
{
    private const int MostWords = 8;
    private const int LongestWord = 100;

    /// <summary>Lower-case words; a phone number with its decoration is one word of digits.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var trimmed = text.Replace("\0", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
        if (IsPhone(trimmed)) return [ItemColumns.Digits(trimmed)];
        return [.. trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(w => w.Length > LongestWord ? w[..LongestWord] : w)];
    }

    /// <summary>The number in <c>#15</c> or <c>15</c>.</summary>
    public static long? NumberIn(string text)
    {
        var trimmed = text.AsSpan().Trim().TrimStart('#');
        return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    public static bool IsPhone(string text) =>
        text.Count(char.IsAsciiDigit) >= 5 && text.All(c => char.IsAsciiDigit(c) || c is '+' or '(' or ')' or '-' or '.' or '/' or ' ');

    public static string Like(string word) =>
        $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    /// <summary>Every word stands in the item itself or in its client; or the text is the item's number.</summary>
    public static string Condition(ItemType type, string text, ItemScope scope, SqlParameters parameters)
    {
        var words = Words(text);
        if (words.Count == 0) return "true";

        var all = string.Join(" and ", words.Select(w => Word(type, w, scope, parameters)));
        return NumberIn(text) is { } id ? $"(i.id = {parameters.Number(id)} or ({all}))" : $"({all})";
    }

    private static string Word(ItemType type, string word, ItemScope scope, SqlParameters parameters)
    {
        var like = parameters.Text(Like(word));
        var company = type.Fields.Find(FieldCodes.Company) is null ? "" : $" or {Client("company_id", ItemTypeIds.Company, like, scope, parameters)}";
        var contact = type.Fields.Find(FieldCodes.Contact) is null ? "" : $" or {Client("contact_id", ItemTypeIds.Contact, like, scope, parameters)}";
        return $"(i.search like {like}{company}{contact})";
    }

    // An array instead of a join: it is made once, whatever the number of items.
    private static string Client(string column, int typeId, string like, ItemScope scope, SqlParameters parameters) =>
        $"i.{column} = any(array(select c.id from item c where c.type_id = {ScopeSql.Constant(typeId)} and {ScopeSql.Of(scope, parameters, "c")} and c.search like {like} limit 500))";
}

using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>The global search: each type asks for its own best rows, all in one round trip.</summary>
internal sealed class ItemSearch(NpgsqlDataSource database, ITypeSource types)
{
    public async Task<IReadOnlyList<FoundItem>> SearchAsync(string text, IReadOnlyDictionary<int, ItemScope> scopes, int most, CancellationToken ct)
    {
        var words = SearchSql.Words(text);
        if (words.Count == 0) return [];

        var asked = scopes.Keys.Select(types.Find).OfType<ItemType>().ToList();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var type in asked) batch.BatchCommands.Add(Command(type, text, words, scopes[type.Id], most));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<(int Rank, FoundItem Hit)>();
        foreach (var type in asked)
        {
            while (await reader.ReadAsync(ct))
            {
                var item = ItemColumns.Read(reader, type);
                var client = reader.IsDBNull(25) ? null : reader.GetString(25);
                found.Add((reader.GetInt32(24), new(item, Why(item, text, words, reader.GetInt32(24)), client)));
            }

            await reader.NextResultAsync(ct);
        }

        return [.. found.OrderBy(f => f.Rank).ThenByDescending(f => f.Hit.Item[FieldCodes.UpdatedAt] is InstantValue at ? at.At : default).Take(most).Select(f => f.Hit)];
    }

    // Rank: its number, the beginning of its title, its title, its own other words, its client.
    private static NpgsqlBatchCommand Command(ItemType type, string text, IReadOnlyList<string> words, ItemScope scope, int most)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = new SqlParameters(command.Parameters);
        var where = new FilterSql(type, scope, parameters).Where(FilterNode.Search(text));
        var number = parameters.Number(SearchSql.NumberIn(text) ?? 0);
        var own = string.Join(" and ", words.Select(w => $"i.search like {parameters.Text(SearchSql.Like(w))}"));
        var title = parameters.Text(SearchSql.Like(string.Join(' ', words)));
        var start = parameters.Text(SearchSql.Like(string.Join(' ', words))[1..]);
        var company = type.Fields.Find(FieldCodes.Company) is null ? "null::text" : Title("company_id", ItemTypeIds.Company, scope, parameters);
        var contact = type.Fields.Find(FieldCodes.Contact) is null ? "null::text" : Title("contact_id", ItemTypeIds.Contact, scope, parameters);
        command.CommandText = $"""
            select {ItemColumns.Select}, r.rank, coalesce({company}, {contact})
            from item i cross join lateral (select case when i.id = {number} then 0 when lower(i.title) like {start} then 1 when lower(i.title) like {title} then 2 when {own} then 3 else 4 end as rank) r
            where {where} order by r.rank, i.updated_at desc, i.id desc limit {parameters.Number(most)}
            """;
        return command;
    }

    private static string Title(string column, int typeId, ItemScope scope, SqlParameters parameters) =>
        $"(select c.title from item c where c.type_id = {ScopeSql.Constant(typeId)} and c.id = i.{column} and {ScopeSql.Of(scope, parameters, "c")})";

    private static string Why(Item item, string text, IReadOnlyList<string> words, int rank) => rank switch
    {
        0 => "number",
        1 or 2 => "title",
        4 => "client",
        _ when SearchSql.IsPhone(text.Trim()) && Has(item, FieldCodes.Phone, p => ItemColumns.Digits(p).Contains(words[0], StringComparison.Ordinal)) => "phone",
        _ when Has(item, FieldCodes.Email, p => words.Any(w => p.Contains(w, StringComparison.OrdinalIgnoreCase))) => "email",
        _ when words.All(w => item.Title.Contains(w, StringComparison.OrdinalIgnoreCase)) => "title",
        _ => "text",
    };

    private static bool Has(Item item, string code, Func<string, bool> matches) =>
        item[code] is ListValue points && points.Items.OfType<ContactPointValue>().Any(p => matches(p.Text));
}

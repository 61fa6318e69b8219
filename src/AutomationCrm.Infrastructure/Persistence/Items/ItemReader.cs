using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>Lists, counts and titles of items; one statement each.</summary>
internal sealed class ItemReader(NpgsqlDataSource database, ITypeSource types) : IItemReader
{
    public async Task<ItemPage> ListAsync(ItemQuery query, ItemScope scope, CancellationToken ct)
    {
        var type = Type(query.TypeId);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ListCommand(type, query, scope));
        if (query.WithCount) batch.BatchCommands.Add(CountCommand(type, query.Filter, scope));

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var items = new List<Item>(query.Limit);
        while (await reader.ReadAsync(ct)) items.Add(ItemColumns.Read(reader, type));
        var more = items.Count > query.Limit;
        if (more) items.RemoveAt(items.Count - 1);
        if (!query.WithCount) return new(items, null, more);

        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(items, reader.GetInt64(0), more);
    }

    public async Task<long> CountAsync(int typeId, FilterNode? filter, ItemScope scope, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(CountCommand(Type(typeId), filter, scope));
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    public async Task<IReadOnlyDictionary<long, long>> CountOpenAsync(int typeId, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select i.responsible_id, count(*) from item i where i.type_id = {ScopeSql.Constant(Type(typeId).Id)} and i.responsible_id = any($1) and not i.closed group by 1");
        command.Parameters.Add(new() { Value = people.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<long, long>(people.Count);
        while (await reader.ReadAsync(ct)) counts[reader.GetInt64(0)] = reader.GetInt64(1);
        return counts;
    }

    public async Task<IReadOnlyDictionary<ItemRef, string>> FindTitlesAsync(IReadOnlyCollection<ItemRef> items, Func<int, ItemScope> scopeOf, CancellationToken ct)
    {
        var titles = new Dictionary<ItemRef, string>(items.Count);
        if (items.Count == 0) return titles;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var group in items.Where(i => i.Id > 0).GroupBy(i => i.TypeId)) batch.BatchCommands.Add(TitlesCommand(group.Key, group.Select(i => i.Id), scopeOf(group.Key)));
        if (batch.BatchCommands.Count == 0) return titles;

        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct)) titles[new(reader.GetInt32(0), reader.GetInt64(1))] = reader.GetString(2);
        }
        while (await reader.NextResultAsync(ct));
        return titles;
    }

    public Task<IReadOnlyList<FoundItem>> SearchAsync(string text, IReadOnlyDictionary<int, ItemScope> scopes, int most, CancellationToken ct) =>
        new ItemSearch(database, types).SearchAsync(text, scopes, most, ct);

    /// <summary>The statement of a page; one row more than asked for tells whether there are others.</summary>
    internal static NpgsqlBatchCommand ListCommand(ItemType type, ItemQuery query, ItemScope scope)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = new SqlParameters(command.Parameters);
        var where = new FilterSql(type, scope, parameters).Where(query.Filter);
        if (query.AfterId is { } after) where += $" and i.id {(query.NewestFirst ? "<" : ">")} {parameters.Number(after)}";
        var offset = query.Offset > 0 ? $" offset {parameters.Number(query.Offset)}" : "";
        command.CommandText = $"select {ItemColumns.Select} from item i where {where} order by {Order(type, query.Order)} limit {parameters.Number(query.Limit + 1)}{offset}";
        return command;
    }

    private static NpgsqlBatchCommand CountCommand(ItemType type, FilterNode? filter, ItemScope scope)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = $"select count(*) from item i where {new FilterSql(type, scope, new(command.Parameters)).Where(filter)}";
        return command;
    }

    private static NpgsqlBatchCommand TitlesCommand(int typeId, IEnumerable<long> ids, ItemScope scope)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = new SqlParameters(command.Parameters);
        var wanted = parameters.Add(ids.Distinct().ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        command.CommandText = $"select i.type_id, i.id, i.title from item i where i.type_id = {ScopeSql.Constant(typeId)} and i.id = any({wanted}) and {ScopeSql.Of(scope, parameters, "i")}";
        return command;
    }

    // Items without a value come first, and last when the order is turned; the id makes every order stable.
    private static string Order(ItemType type, IReadOnlyList<ItemOrder> order)
    {
        var terms = new List<string>(order.Count + 1);
        foreach (var term in order)
        {
            if (term.Field == FieldCodes.Id) return string.Join(", ", [.. terms, term.Descending ? "i.id desc" : "i.id"]);

            var field = FieldSql.Of(type, term.Field);
            if (field.Many) throw new RuleBrokenException("order.field", $"The field {term.Field} cannot order a list.", term.Field);
            terms.Add(field.Expression + (term.Descending ? " desc" : "") + (field.NeverNull ? "" : term.Descending ? " nulls last" : " nulls first"));
        }

        return string.Join(", ", [.. terms, "i.id"]);
    }

    private ItemType Type(int id) => types.Find(id) ?? throw new RuleBrokenException("type.unknown", $"There is no item type {id}.", "entityTypeId");
}

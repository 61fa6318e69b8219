using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>Totals and first cards of all columns: two statements, one round trip.</summary>
internal sealed class BoardReader(NpgsqlDataSource database, ITypeSource types) : IBoardReader
{
    private const int Columns = 24;

    public async Task<BoardRows> ReadAsync(BoardRequest request, CancellationToken ct)
    {
        var type = types.Find(request.TypeId) ?? throw new RuleBrokenException("type.unknown", $"There is no item type {request.TypeId}.", "entityTypeId");
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(CardsCommand(type, request));
        batch.BatchCommands.Add(SumsCommand(type, request));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var cards = new List<BoardRow>();
        while (await reader.ReadAsync(ct)) cards.Add(Read(reader, type));
        await reader.NextResultAsync(ct);
        var sums = new Dictionary<string, StageSum>();
        while (await reader.ReadAsync(ct)) sums[reader.GetString(0)] = new(reader.GetInt64(1), reader.GetDecimal(2));
        return new(sums, cards);
    }

    internal static NpgsqlBatchCommand CardsCommand(ItemType type, BoardRequest request)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = new SqlParameters(command.Parameters);
        var constant = ScopeSql.Constant(type.Id);
        var stages = parameters.Add(request.StageIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        var where = new FilterSql(type, request.Scope, parameters).Where(request.Filter);
        var after = request.AfterId is { } id ? $" and i.id < {parameters.Number(id)}" : "";
        command.CommandText = $"""
            select {ItemColumns.Select}, co.title, ct.title, coalesce(t.open, 0)::int, coalesce(t.overdue, 0)::int, t.next, coalesce(w.waiting, 0)::int, coalesce(p.problems, 0)::int
            from unnest({stages}) with ordinality as s(stage_id, n)
            cross join lateral (
              select * from item i
              where {where} and i.pipeline_id = {parameters.Add(request.PipelineId, NpgsqlDbType.Integer)} and i.stage_id = s.stage_id{after}
              order by i.id desc limit {parameters.Number(request.Take + 1)}) i
            left join item co on co.type_id = {ScopeSql.Constant(ItemTypeIds.Company)} and co.id = i.company_id and {ScopeSql.Of(request.Scope, parameters, "co")}
            left join item ct on ct.type_id = {ScopeSql.Constant(ItemTypeIds.Contact)} and ct.id = i.contact_id and {ScopeSql.Of(request.Scope, parameters, "ct")}
            left join lateral (
              select count(*) as open, count(*) filter (where k.deadline < now()) as overdue, min(k.deadline) as next
              from task k where k.type_id = {constant} and k.item_id = i.id and k.state = 0) t on true
            left join lateral (
              select count(*) as waiting from run r join robot_run rr on rr.run_id = r.id
              where r.type_id = {constant} and r.item_id = i.id and r.state = 0 and rr.state in (0, 1, 4)) w on true
            left join lateral (select count(*) as problems from incident n where n.type_id = {constant} and n.item_id = i.id and n.state = 0) p on true
            order by s.n, i.id desc
            """;
        return command;
    }

    /// <summary>Without filter and with all rights the totals come from the folded sums and the deltas; otherwise they are counted.</summary>
    internal static NpgsqlBatchCommand SumsCommand(ItemType type, BoardRequest request)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = new SqlParameters(command.Parameters);
        var constant = ScopeSql.Constant(type.Id);
        var (pipeline, stages) = (parameters.Add(request.PipelineId, NpgsqlDbType.Integer), parameters.Add(request.StageIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
        if (request is { Filter: null, Scope: { Nothing: false, OwnerId: null } })
        {
            command.CommandText = $"""
                select t.stage_id, sum(t.items)::bigint, sum(t.amount) from (
                  select stage_id, items, amount from stage_total where type_id = {constant} and pipeline_id = {pipeline} and stage_id = any({stages})
                  union all
                  select stage_id, items, amount from stage_total_delta where type_id = {constant} and pipeline_id = {pipeline} and stage_id = any({stages})) t
                group by t.stage_id
                """;
            return command;
        }

        var where = new FilterSql(type, request.Scope, parameters).Where(request.Filter);
        command.CommandText = $"""
            select i.stage_id, count(*), coalesce(sum(i.amount_base), 0)
            from item i where {where} and i.pipeline_id = {pipeline} and i.stage_id = any({stages}) group by i.stage_id
            """;
        return command;
    }

    private static BoardRow Read(NpgsqlDataReader row, ItemType type) => new(
        ItemColumns.Read(row, type),
        row.IsDBNull(Columns) ? null : row.GetString(Columns),
        row.IsDBNull(Columns + 1) ? null : row.GetString(Columns + 1),
        new(row.GetInt32(Columns + 2), row.GetInt32(Columns + 3), row.IsDBNull(Columns + 4) ? null : row.GetFieldValue<DateTimeOffset>(Columns + 4)),
        new(row.GetInt32(Columns + 5), row.GetInt32(Columns + 6)));
}

using System.Collections.Concurrent;
using System.Globalization;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Infrastructure.Persistence.Items;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Writes items type by type, so that the planner touches one partition; a version that is not the loaded one refuses the batch.</summary>
internal static class ItemStatements
{
    public const string StaleItem = "CR001";

    private const int BoundColumns = 25;

    private const string Columns = """
        title, pipeline_id, stage_id, semantics, closed, responsible_id, opened, company_id, contact_id, amount, currency, amount_base,
        begin_date, close_date, updated_at, updated_by, moved_at, moved_by, data, search
        """;

    private const string Rows = """
        %ROWS%
          as d(id, version, title, pipeline_id, stage_id, semantics, closed, responsible_id, opened, company_id, contact_id, amount, currency, amount_base,
               begin_date, close_date, updated_at, updated_by, moved_at, moved_by, data, search, created_at, created_by, loaded)
        """;

    // The type is one of a handful of numbers of our own; as a constant it lets the planner prune partitions, and there are as many texts as types.
    private static readonly ConcurrentDictionary<int, RowStatement> Inserts = new();

    private static readonly ConcurrentDictionary<int, RowStatement> Updates = new();

    public static void Add(BatchBuilder batch, IReadOnlyList<ItemWrite> writes)
    {
        foreach (var type in writes.GroupBy(w => w.Item.Ref.TypeId).OrderBy(g => g.Key))
        {
            var ordered = type.OrderBy(w => w.Item.Ref.Id).ToList();
            Insert(batch, type.Key, [.. ordered.Where(w => w.LoadedVersion == 0)]);
            Update(batch, type.Key, [.. ordered.Where(w => w.LoadedVersion > 0 && !w.Item.IsDeleted)]);
            Delete(batch, type.Key, [.. ordered.Where(w => w.LoadedVersion > 0 && w.Item.IsDeleted)]);
        }
    }

    private static void Insert(BatchBuilder batch, int typeId, List<ItemWrite> writes)
    {
        if (writes.Count > 0) Bind(batch.Add(Inserts.GetOrAdd(typeId, InsertOf), writes.Count), writes);
    }

    private static void Update(BatchBuilder batch, int typeId, List<ItemWrite> writes)
    {
        if (writes.Count > 0) Bind(batch.Add(Updates.GetOrAdd(typeId, UpdateOf), writes.Count), writes);
    }

    private static RowStatement InsertOf(int typeId) => new(string.Create(CultureInfo.InvariantCulture, $"""
        insert into item (type_id, id, version, created_at, created_by, {Columns})
        select {typeId}, d.id, d.version, d.created_at, d.created_by,
          d.title, d.pipeline_id, d.stage_id, d.semantics::"char", d.closed, d.responsible_id, d.opened, d.company_id, d.contact_id, d.amount, d.currency, d.amount_base,
          d.begin_date, d.close_date, d.updated_at, d.updated_by, d.moved_at, d.moved_by, d.data, d.search
        from {Rows}
        """), BoundColumns);

    private static RowStatement UpdateOf(int typeId) => new(string.Create(CultureInfo.InvariantCulture, $"""
        with u as (
          update item i set version = d.version, title = d.title, pipeline_id = d.pipeline_id, stage_id = d.stage_id, semantics = d.semantics::"char", closed = d.closed,
            responsible_id = d.responsible_id, opened = d.opened, company_id = d.company_id, contact_id = d.contact_id, amount = d.amount, currency = d.currency,
            amount_base = d.amount_base, begin_date = d.begin_date, close_date = d.close_date, updated_at = d.updated_at, updated_by = d.updated_by,
            moved_at = d.moved_at, moved_by = d.moved_by, data = d.data, search = d.search
          from {Rows}
          where i.type_id = {typeId} and i.id = d.id and i.version = d.loaded
          returning 1)
        select expect_rows((select count(*) from u), %COUNT%, '{StaleItem}')
        """), BoundColumns, planned: true);

    private static void Delete(BatchBuilder batch, int typeId, List<ItemWrite> writes)
    {
        if (writes.Count == 0) return;

        batch.Add(string.Create(CultureInfo.InvariantCulture, $"""
            with u as (
              delete from item i using unnest($1, $2) as d(id, loaded)
              where i.type_id = {typeId} and i.id = d.id and i.version = d.loaded returning 1)
            select expect_rows((select count(*) from u), cardinality($1::bigint[]), '{StaleItem}')
            """)).Longs(writes.Select(w => w.Item.Ref.Id)).Longs(writes.Select(w => w.LoadedVersion));
    }

    private static void Bind(BatchBuilder.Statement statement, List<ItemWrite> writes)
    {
        var items = writes.ConvertAll(w => w.Item);
        statement
            .Longs(items.Select(i => i.Ref.Id))
            .Longs(items.Select(i => i.Version))
            .Texts(items.Select(i => i.Title))
            .MaybeInts(items.Select(i => i.Type.HasStages ? i.PipelineId : (int?)null))
            .Texts(items.Select(i => i.Type.HasStages ? i.StageId : null))
            .Texts(items.Select(i => i.Type.HasStages ? i.Text(FieldCodes.Semantics) : null))
            .Flags(items.Select(i => i[FieldCodes.Closed] is BoolValue { Flag: true }))
            .Longs(items.Select(i => i.ResponsibleId))
            .Flags(items.Select(i => i[FieldCodes.Opened] is not BoolValue { Flag: false }))
            .MaybeLongs(items.Select(i => Reference(i, FieldCodes.Company)))
            .MaybeLongs(items.Select(i => Reference(i, FieldCodes.Contact)))
            .Numbers(items.Select(i => Number(i, FieldCodes.Amount)))
            .Texts(items.Select(i => i[FieldCodes.Currency] is TextValue c ? c.Text : null))
            .Numbers(items.Select(i => Number(i, FieldCodes.AmountBase)))
            .Days(items.Select(i => Day(i, FieldCodes.BeginDate)))
            .Days(items.Select(i => Day(i, FieldCodes.CloseDate)))
            .Times(items.Select(i => Time(i, FieldCodes.UpdatedAt)!.Value))
            .Longs(items.Select(i => i.User(FieldCodes.UpdatedBy)))
            .MaybeTimes(items.Select(i => Time(i, FieldCodes.MovedAt)))
            .MaybeLongs(items.Select(i => i[FieldCodes.MovedBy] is UserValue u ? u.Id : (long?)null))
            .Jsons(items.Select(ItemColumns.Data))
            .Texts(items.Select(ItemColumns.Search))
            .Times(items.Select(i => Time(i, FieldCodes.CreatedAt)!.Value))
            .Longs(items.Select(i => i.User(FieldCodes.CreatedBy)))
            .Longs(writes.Select(w => w.LoadedVersion));
    }

    private static long? Reference(Item item, string code) => item[code] is ItemValue reference ? reference.Id : null;

    private static decimal? Number(Item item, string code) => item[code] is NumberValue number ? number.Number : null;

    private static DateOnly? Day(Item item, string code) => item[code] is DateValue day ? day.Day : null;

    private static DateTimeOffset? Time(Item item, string code) => item[code] is InstantValue at ? at.At : null;
}

using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Items into the recycle bin and out of it, before the items themselves: of two who restore the same one the second finds nothing.</summary>
internal static class RecycleBinStatements
{
    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.RestoredItems is { Count: > 0 } restored)
            batch.Add($"""
                with u as (
                  delete from recycled_item r using unnest($1, $2) as d(type_id, item_id) where r.type_id = d.type_id and r.item_id = d.item_id returning 1)
                select expect_rows((select count(*) from u), cardinality($2::bigint[]), '{ItemStatements.StaleItem}')
                """).Ints(restored.Select(r => r.TypeId)).Longs(restored.Select(r => r.Id));

        if (changes.RecycledItems is { Count: > 0 } deleted)
            batch.Add("""
                insert into recycled_item (type_id, item_id, title, version, content, deleted_at, deleted_by, run_id, responsible_id, search)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                on conflict (type_id, item_id) do update set title = excluded.title, version = excluded.version, content = excluded.content,
                  deleted_at = excluded.deleted_at, deleted_by = excluded.deleted_by, run_id = excluded.run_id, responsible_id = excluded.responsible_id, search = excluded.search
                """)
                .Ints(deleted.Select(d => d.TypeId)).Longs(deleted.Select(d => d.ItemId)).Texts(deleted.Select(d => d.Title)).Longs(deleted.Select(d => d.Version))
                .Jsons(deleted.Select(d => d.Content)).Times(deleted.Select(d => d.DeletedAt)).Longs(deleted.Select(d => d.DeletedBy)).MaybeLongs(deleted.Select(d => d.RunId))
                .Longs(deleted.Select(d => d.ResponsibleId)).Texts(deleted.Select(d => d.Search));
    }
}

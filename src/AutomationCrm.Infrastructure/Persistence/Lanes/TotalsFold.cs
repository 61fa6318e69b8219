namespace AutomationCrm.Infrastructure.Persistence.Lanes;

/// <summary>Folds the deltas of stage totals into their sums; several nodes may do it side by side.</summary>
internal static class TotalsFold
{
    public const string Sql = """
        with d as materialized (select id from stage_total_delta order by id limit 20000 for update skip locked),
        gone as (delete from stage_total_delta where id = any(array(select id from d)) returning type_id, pipeline_id, stage_id, items, amount)
        insert into stage_total as t (type_id, pipeline_id, stage_id, items, amount)
        select type_id, pipeline_id, stage_id, sum(items), sum(amount) from gone group by 1, 2, 3 order by 1, 2, 3
        on conflict (type_id, pipeline_id, stage_id) do update set items = t.items + excluded.items, amount = t.amount + excluded.amount
        """;
}

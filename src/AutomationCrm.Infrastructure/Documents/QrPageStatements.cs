using AutomationCrm.Application.Data;
using AutomationCrm.Infrastructure.Persistence.Work;

namespace AutomationCrm.Infrastructure.Documents;

/// <summary>Pages of QR codes: made, and confirmed once.</summary>
internal static class QrPageStatements
{
    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewQrPages is { Count: > 0 } added)
            batch.Add("""
                insert into qr_page (id, token, type_id, item_id, title, description, button, made_at, open_until, run_id, robot_run_id)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """)
                .Longs(added.Select(p => p.Id)).Texts(added.Select(p => p.Token)).Ints(added.Select(p => p.TypeId)).Longs(added.Select(p => p.ItemId)).Texts(added.Select(p => p.Title))
                .Texts(added.Select(p => p.Description)).Texts(added.Select(p => p.Button)).Times(added.Select(p => p.MadeAt)).Times(added.Select(p => p.OpenUntil))
                .MaybeLongs(added.Select(p => p.RunId)).MaybeLongs(added.Select(p => p.RobotRunId));

        // Two visitors at the same moment: the second one's command meets a changed row, is done again and finds it confirmed.
        if (changes.ConfirmedQrPages is { Count: > 0 } confirmed)
            batch.Add($"""
                with u as (
                  update qr_page p set confirmed_at = d.at from unnest($1, $2) as d(id, at) where p.id = d.id and p.confirmed_at is null returning 1)
                select expect_rows((select count(*) from u), cardinality($1::bigint[]), '{ItemStatements.StaleItem}')
                """)
                .Longs(confirmed.Select(p => p.Id)).MaybeTimes(confirmed.Select(p => p.ConfirmedAt));
    }
}

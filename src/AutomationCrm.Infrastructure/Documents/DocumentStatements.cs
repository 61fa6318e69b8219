using AutomationCrm.Application.Data;
using AutomationCrm.Infrastructure.Persistence.Work;

namespace AutomationCrm.Infrastructure.Documents;

/// <summary>Files of items, documents and the numbers they take.</summary>
internal static class DocumentStatements
{
    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.ItemFiles is { Count: > 0 } files)
            batch.Add("""
                insert into item_file (file_id, type_id, item_id, name, size, document_id, listed, at, added_by, run_id, robot_run_id)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """)
                .Uuids(files.Select(f => f.FileId)).Ints(files.Select(f => f.TypeId)).Longs(files.Select(f => f.ItemId)).Texts(files.Select(f => f.Name)).Longs(files.Select(f => f.Size))
                .MaybeLongs(files.Select(f => f.DocumentId)).Flags(files.Select(f => f.Listed)).Times(files.Select(f => f.At)).Longs(files.Select(f => f.AddedBy))
                .MaybeLongs(files.Select(f => f.RunId)).MaybeLongs(files.Select(f => f.RobotRunId));

        if (changes.TakenNumbers is { Count: > 0 } numbers)
        {
            var last = numbers.GroupBy(n => n.Series).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
            batch.Add("update number_series s set last = d.last from unnest($1, $2) as d(name, last) where s.name = d.name")
                .Texts(last.Select(g => g.Key)).Longs(last.Select(g => g.Max(n => n.Number)));
        }

        AddDocuments(batch, changes);
        // Links of files to items go with the file.
        if (changes.RemovedFiles is { Count: > 0 } removed)
            batch.Add("delete from file where id = any($1)").Uuids(removed);
    }

    private static void AddDocuments(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewDocuments is { Count: > 0 } added)
            batch.Add("""
                insert into document (id, version, type_id, item_id, template_id, template_version, kind, series, counter, number, title, with_docx, with_pdf, listed,
                  source_file_id, pdf_file_id, made_at, made_by, finished_at, run_id, robot_run_id, effect_key, public_token, link_until, views)
                select d.*, 0 from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) as d
                """)
                .Longs(added.Select(d => d.Id)).Longs(added.Select(d => d.Version)).Ints(added.Select(d => d.TypeId)).Longs(added.Select(d => d.ItemId))
                .Longs(added.Select(d => d.TemplateId)).Ints(added.Select(d => d.TemplateVersion)).Texts(added.Select(d => d.Kind)).Texts(added.Select(d => d.Series))
                .Longs(added.Select(d => d.Counter)).Texts(added.Select(d => d.Number)).Texts(added.Select(d => d.Title)).Flags(added.Select(d => d.WithDocx))
                .Flags(added.Select(d => d.WithPdf)).Flags(added.Select(d => d.Listed)).MaybeUuids(added.Select(d => d.SourceFileId)).MaybeUuids(added.Select(d => d.PdfFileId))
                .Times(added.Select(d => d.MadeAt)).Longs(added.Select(d => d.MadeBy)).MaybeTimes(added.Select(d => d.FinishedAt)).MaybeLongs(added.Select(d => d.RunId))
                .MaybeLongs(added.Select(d => d.RobotRunId)).MaybeUuids(added.Select(d => d.EffectKey)).Texts(added.Select(d => d.PublicToken)).MaybeTimes(added.Select(d => d.LinkUntil));

        if (changes.ChangedDocuments is { Count: > 0 } changed)
            batch.Add($"""
                with u as (
                  update document t set version = t.version + 1, source_file_id = d.source_file_id, pdf_file_id = d.pdf_file_id, finished_at = d.finished_at, public_token = d.public_token,
                    link_until = d.link_until, views = d.views, first_viewed_at = d.first_viewed_at, last_viewed_at = d.last_viewed_at, signed_at = d.signed_at,
                    signed_name = d.signed_name, signed_by = d.signed_by, deleted_at = d.deleted_at
                  from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    as d(id, version, source_file_id, pdf_file_id, finished_at, public_token, link_until, views, first_viewed_at, last_viewed_at, signed_at, signed_name, signed_by, deleted_at)
                  where t.id = d.id and t.version = d.version returning 1)
                select expect_rows((select count(*) from u), cardinality($1::bigint[]), '{ItemStatements.StaleItem}')
                """)
                .Longs(changed.Select(d => d.Id)).Longs(changed.Select(d => d.Version)).MaybeUuids(changed.Select(d => d.SourceFileId)).MaybeUuids(changed.Select(d => d.PdfFileId))
                .MaybeTimes(changed.Select(d => d.FinishedAt)).Texts(changed.Select(d => d.PublicToken)).MaybeTimes(changed.Select(d => d.LinkUntil)).Ints(changed.Select(d => d.Views))
                .MaybeTimes(changed.Select(d => d.FirstViewedAt)).MaybeTimes(changed.Select(d => d.LastViewedAt)).MaybeTimes(changed.Select(d => d.SignedAt))
                .Texts(changed.Select(d => d.SignedName)).MaybeLongs(changed.Select(d => d.SignedBy)).MaybeTimes(changed.Select(d => d.DeletedAt));
    }
}

using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Infrastructure.Persistence.Items;
using Npgsql;

namespace AutomationCrm.Infrastructure.Import;

/// <summary>The rows of a chunk, by binary COPY, one table after the other.</summary>
internal static class ImportCopy
{
    public static async Task WriteAsync(NpgsqlConnection connection, long importId, ImportChunk chunk, CancellationToken ct)
    {
        await ConfigurationAsync(connection, chunk, ct);
        await CopyTable.WriteAsync(connection, """
            item (type_id, id, version, title, pipeline_id, stage_id, semantics, closed, responsible_id, opened, company_id, contact_id, amount, currency, amount_base,
              begin_date, close_date, created_at, created_by, updated_at, updated_by, moved_at, moved_by, data, search)
            """, chunk.Items, WriteItem, ct);
        await CopyTable.WriteAsync(connection, "event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, changes)", chunk.Events, static (row, e) => row
            .Int(e.TypeId).Long(e.ItemId).Long(e.Version).Time(e.At).Text(e.Kind).Long(e.ActorId).Uuid(e.ChainId).Int(e.Depth).Json(e.Changes), ct);
        await CopyTable.WriteAsync(connection, "stage_history (id, type_id, item_id, kind, pipeline_id, stage_id, semantics, at, actor_id, depth)", chunk.History, static (row, h) => row
            .Long(h.Id).Int(h.TypeId).Long(h.ItemId).Short(h.Kind).Int(h.PipelineId).Text(h.StageId).Letter(h.Semantics).Time(h.At).Long(h.ActorId).Int(h.Depth), ct);
        await CopyTable.WriteAsync(connection, "stage_total_delta (type_id, pipeline_id, stage_id, items, amount)", chunk.Totals, static (row, t) => row
            .Int(t.TypeId).Int(t.PipelineId).Text(t.StageId).Int(t.Items).Number(t.Amount), ct);
        await CopyTable.WriteAsync(connection, "timer (id, due_at, lane_id, job_kind, args)", chunk.Timers, static (row, t) => row
            .Uuid(t.Id).Time(t.DueAt).Long(t.LaneId).Text(t.JobKind).Json(t.Args), ct);
        var number = chunk.FirstProblem;
        await CopyTable.WriteAsync(connection, "import_problem (import_id, number, file, row, field, value, code, note, arguments)", chunk.Problems, (row, p) => row
            .Long(importId).Int(number++).Text(p.File).Int(p.Row).Text(p.Field).Text(p.Value).Text(p.Code).Text(p.Note).Texts(p.Arguments), ct);
    }

    private static async Task ConfigurationAsync(NpgsqlConnection connection, ImportChunk chunk, CancellationToken ct)
    {
        if (!chunk.ChangesConfiguration) return;

        await CopyTable.WriteAsync(connection, "department (id, name, parent_id, head_id, sort)", chunk.Departments, static (row, d) => row
            .Long(d.Id).Text(d.Name).Long(d.ParentId).Long(d.HeadId).Int(d.Sort), ct);
        await CopyTable.WriteAsync(connection, "person (id, name, last_name, position, department_id, created_at)", chunk.People, static (row, p) => row
            .Long(p.Id).Text(p.Name).Text(p.LastName).Text(p.Position).Long(p.DepartmentId).Time(p.CreatedAt), ct);
        await CopyTable.WriteAsync(connection, "pipeline (type_id, id, name, sort, is_default)", chunk.Pipelines, static (row, p) => row
            .Int(p.TypeId).Int(p.Id).Text(p.Name).Int(p.Sort).Flag(p.IsDefault), ct);
        await CopyTable.WriteAsync(connection, "stage (type_id, pipeline_id, id, name, color, semantics, sort, probability)", chunk.Stages, static (row, s) => row
            .Int(s.TypeId).Int(s.PipelineId).Text(s.Id).Text(s.Name).Text(s.Color).Letter(s.Semantics).Int(s.Sort).Int(s.Probability), ct);
        await using var raise = new NpgsqlCommand("update configuration_stamp set value = value + 1", connection);
        await raise.ExecuteNonQueryAsync(ct);
    }

    private static CopyTable WriteItem(CopyTable row, Item item)
    {
        var staged = item.Type.HasStages;
        return row
            .Int(item.Ref.TypeId).Long(item.Ref.Id).Long(item.Version).Text(item.Title)
            .Int(staged ? item.PipelineId : null).Text(staged ? item.StageId : null).Letter(staged ? item.Text(FieldCodes.Semantics)[0] : null)
            .Flag(item[FieldCodes.Closed] is BoolValue { Flag: true }).Long(item.ResponsibleId).Flag(item[FieldCodes.Opened] is not BoolValue { Flag: false })
            .Long(Reference(item, FieldCodes.Company)).Long(Reference(item, FieldCodes.Contact))
            .Number(NumberOf(item, FieldCodes.Amount)).Text(item[FieldCodes.Currency] is TextValue currency ? currency.Text : null).Number(NumberOf(item, FieldCodes.AmountBase))
            .Day(DayOf(item, FieldCodes.BeginDate)).Day(DayOf(item, FieldCodes.CloseDate))
            .Time(TimeOf(item, FieldCodes.CreatedAt)).Long(item.User(FieldCodes.CreatedBy)).Time(TimeOf(item, FieldCodes.UpdatedAt)).Long(item.User(FieldCodes.UpdatedBy))
            .Time(TimeOf(item, FieldCodes.MovedAt)).Long(item[FieldCodes.MovedBy] is UserValue mover ? mover.Id : null)
            .Json(ItemColumns.Data(item)).Text(ItemColumns.Search(item));
    }

    private static long? Reference(Item item, string code) => item[code] is ItemValue reference ? reference.Id : null;

    private static decimal? NumberOf(Item item, string code) => item[code] is NumberValue number ? number.Number : null;

    private static DateOnly? DayOf(Item item, string code) => item[code] is DateValue day ? day.Day : null;

    private static DateTimeOffset? TimeOf(Item item, string code) => item[code] is InstantValue at ? at.At : null;
}

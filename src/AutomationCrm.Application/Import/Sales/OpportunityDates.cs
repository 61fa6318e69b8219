using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>When work on an opportunity began and ended, and what follows for the deal and its stage history.</summary>
internal sealed record OpportunityDates(DateOnly? Engaged, DateOnly? Closed, DateTimeOffset Created, DateTimeOffset Moved)
{
    public static OpportunityDates Read(ImportRow row, Stage stage, DateTimeOffset now)
    {
        var engaged = Day(row, SalesParts.EngagedColumn, expected: stage.IsFinal || stage.Id.EndsWith(":ENGAGING", StringComparison.Ordinal));
        var closed = Day(row, SalesParts.ClosedColumn, expected: stage.IsFinal);
        var created = At(engaged) ?? (stage.IsFinal ? At(closed) : null) ?? now;
        var moved = stage.IsFinal ? At(closed) ?? created : created;
        if (engaged is { } began && closed is { } ended && ended < began)
        {
            row.Report(SalesParts.ClosedOn, row[SalesParts.ClosedOn], ProblemCodes.DateOrder, RowNotes.EndsBeforeBegin);
            moved = created;
        }

        return new(engaged, closed, created, moved);
    }

    public void Apply(Item item, Pipeline pipeline, Stage stage, long seller, ImportChunk chunk, Queue<long> historyIds)
    {
        if (Engaged is { } first) item.Set(FieldCodes.BeginDate, Value.Of(first));
        if (Closed is { } last) item.Set(FieldCodes.CloseDate, Value.Of(last));
        item.Set(FieldCodes.CreatedAt, Value.Of(Created));
        item.PlaceOn(stage, seller, Moved);

        // What was closed has been worked on before; when it was merely prospected nobody has written down.
        var began = stage.IsFinal && Engaged is not null ? SalesPipeline.StageOf(pipeline, "ENGAGING")! : stage;
        AddHistory(began, 1, Created);
        if (began != stage) AddHistory(stage, 3, Moved);

        void AddHistory(Stage at, short kind, DateTimeOffset moment) => chunk.History.Add(new()
        {
            Id = historyIds.Dequeue(),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = kind,
            PipelineId = at.PipelineId,
            StageId = at.Id,
            Semantics = at.SemanticsLetter,
            At = moment,
            ActorId = seller,
        });
    }

    private static DateOnly? Day(ImportRow row, ImportColumn column, bool expected)
    {
        var text = row[column.Header];
        if (text.Length > 0) return CellReader.Date(row, column, text);

        if (expected) row.Report(column.Header, "", ProblemCodes.DateMissing, RowNotes.DayExpected);
        return null;
    }

    private static DateTimeOffset? At(DateOnly? day) => day is { } known ? new(known, TimeOnly.MinValue, TimeSpan.Zero) : null;
}

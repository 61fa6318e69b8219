using System.Globalization;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>The pipeline of the imported deals: made by the first import, found again by its stages whatever it is called by then.</summary>
internal static class SalesPipeline
{
    private const string Name = "Sales opportunities";

    private static readonly (string Code, string Name, string Color, StageSemantics Semantics, int Probability)[] Plan =
    [
        ("PROSPECTING", "Prospecting", "#39A8EF", StageSemantics.Process, 20),
        ("ENGAGING", "Engaging", "#55D0E0", StageSemantics.Process, 50),
        ("WON", "Won", "#7BD500", StageSemantics.Won, 100),
        ("LOST", "Lost", "#FF5752", StageSemantics.Lost, 0),
    ];

    public static Pipeline? Find(PortalSnapshot portal) =>
        portal.Pipelines.FirstOrDefault(p => p.TypeId == ItemTypeIds.Deal && Plan.All(stage => StageOf(p, stage.Code) is not null));

    /// <summary>The stage a file means by its name.</summary>
    public static Stage? StageOf(Pipeline pipeline, string code) => pipeline.Find(IdOf(pipeline.Id, code.ToUpperInvariant()));

    /// <summary>The pipeline to be, with the next free number; it is written with the chunk.</summary>
    public static Pipeline Make(PortalSnapshot portal, ImportChunk chunk)
    {
        var deals = portal.Pipelines.Where(p => p.TypeId == ItemTypeIds.Deal).ToList();
        var id = deals.Select(p => p.Id).DefaultIfEmpty(0).Max() + 1;
        var sort = deals.Select(p => p.Sort).DefaultIfEmpty(0).Max() + 10;
        var pipeline = new Pipeline(ItemTypeIds.Deal, id, Name, sort, IsDefault: false,
            [.. Plan.Select((s, i) => new Stage(ItemTypeIds.Deal, id, IdOf(id, s.Code), s.Name, s.Color, s.Semantics, (i + 1) * 10, s.Probability))]);
        chunk.Pipelines.Add(new() { TypeId = ItemTypeIds.Deal, Id = id, Name = Name, Sort = sort });
        foreach (var stage in pipeline.Stages)
            chunk.Stages.Add(new() { TypeId = stage.TypeId, PipelineId = id, Id = stage.Id, Name = stage.Name, Color = stage.Color, Semantics = stage.SemanticsLetter, Sort = stage.Sort, Probability = stage.Probability });
        return pipeline;
    }

    private static string IdOf(int pipelineId, string code) => string.Create(CultureInfo.InvariantCulture, $"C{pipelineId}:{code}");
}

using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Rest.Binding;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>All entries of all directories: the stages of every pipeline and the codes of fields that are chosen from.</summary>
internal static class StatusRows
{
    public static IEnumerable<StatusRow> Of(PortalSnapshot portal) =>
        portal.Pipelines.SelectMany(Stages).Concat(portal.Types.SelectMany(Codes).DistinctBy(r => (r.Directory, r.Code)));

    private static IEnumerable<StatusRow> Stages(Pipeline pipeline)
    {
        var first = pipeline.Stages.Count > 0 ? pipeline.First : null;
        var failure = pipeline.Stages.FirstOrDefault(s => s.Semantics == StageSemantics.Lost);
        foreach (var stage in pipeline.Stages)
        {
            var (letter, meaning) = stage.Semantics switch
            {
                StageSemantics.Won => ("S", "success"),
                StageSemantics.Lost => ("F", stage == failure ? "failure" : "apology"),
                _ => ((string?)null, "process"),
            };
            var system = stage == first || stage == failure || stage.Semantics == StageSemantics.Won;
            int? category = pipeline.Id == 0 ? null : pipeline.Id;
            yield return new(StageDirectory.Of(pipeline.TypeId, pipeline.Id), stage.Id, stage.Name, stage.Sort, system, category, stage.Color, letter, meaning);
        }
    }

    private static IEnumerable<StatusRow> Codes(ItemType type) =>
        from field in ItemFieldSets.Of(type, RestDialect.Classic).Fields.OfType<ItemRestField>()
        where field is { Source: { Kind: FieldKind.Option, IsCustom: false }, StatusType: not null }
        from option in field.Source.Options.Index()
        select new StatusRow(field.StatusType!, option.Item, InWords(option.Item), (option.Index + 1) * 10, System: true, CategoryId: null, Color: null, Semantics: null, Meaning: null);

#pragma warning disable CA1308 // words are shown in lower case, nothing is compared by them
    private static string InWords(string code) => code[..1] + code[1..].Replace('_', ' ').ToLowerInvariant();
#pragma warning restore CA1308
}

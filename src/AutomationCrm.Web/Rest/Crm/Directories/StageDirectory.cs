using System.Globalization;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>Names of the directories that hold stages: DEAL_STAGE, DEAL_STAGE_1, SMART_INVOICE_STAGE_1.</summary>
internal static class StageDirectory
{
    public static string Of(int typeId, int pipelineId) => typeId switch
    {
        ItemTypeIds.Lead => "STATUS",
        ItemTypeIds.Quote => "QUOTE_STATUS",
        ItemTypeIds.Deal when pipelineId == 0 => "DEAL_STAGE",
        ItemTypeIds.Deal => Numbered("DEAL_STAGE", pipelineId),
        ItemTypeIds.Invoice => Numbered("SMART_INVOICE_STAGE", pipelineId),
        _ => Numbered(Numbered("DYNAMIC", typeId) + "_STAGE", pipelineId),
    };

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
}

using System.Globalization;

namespace AutomationCrm.Domain.Crm.Pipelines;

/// <summary>The stages a new pipeline starts with: Bitrix24's ids, order, semantics and colours (reference bitrix-automation 6).</summary>
public static class DefaultStages
{
    private const string Success = "#7BD500";
    private const string Failure = "#FF5752";
    private static readonly string[] Process = ["#39A8EF", "#2FC6F6", "#55D0E0", "#47E4C2", "#FFA900"];

    public static IReadOnlyList<Stage> For(int typeId, int pipelineId) => typeId switch
    {
        ItemTypeIds.Lead => Build(typeId, pipelineId, "", ["NEW", "IN_PROCESS", "PROCESSED"], "CONVERTED", ["JUNK"]),
        ItemTypeIds.Deal => Build(typeId, pipelineId, DealPrefix(pipelineId), ["NEW", "PREPARATION", "PREPAYMENT_INVOICE", "EXECUTING", "FINAL_INVOICE"], "WON", ["LOSE", "APOLOGY"]),
        ItemTypeIds.Quote => Build(typeId, pipelineId, "", ["DRAFT", "SENT"], "APPROVED", ["DECLAINED", "APOLOGY"]),
        ItemTypeIds.Invoice => Build(typeId, pipelineId, string.Create(CultureInfo.InvariantCulture, $"DT31_{pipelineId}:"), ["N", "S"], "P", ["D"]),
        _ => throw new ArgumentOutOfRangeException(nameof(typeId), typeId, "Items of this type have no stages."),
    };

    private static string DealPrefix(int pipelineId) => pipelineId == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"C{pipelineId}:");

    private static List<Stage> Build(int typeId, int pipelineId, string prefix, string[] process, string won, string[] lost)
    {
        var stages = new List<Stage>();
        for (var i = 0; i < process.Length; i++)
        {
            var probability = (i + 1) * 100 / (process.Length + 1);
            stages.Add(new(typeId, pipelineId, prefix + process[i], process[i], Process[Math.Min(i, Process.Length - 1)], StageSemantics.Process, (i + 1) * 10, probability));
        }

        stages.Add(new(typeId, pipelineId, prefix + won, won, Success, StageSemantics.Won, (process.Length + 1) * 10, 100));
        for (var i = 0; i < lost.Length; i++)
            stages.Add(new(typeId, pipelineId, prefix + lost[i], lost[i], Failure, StageSemantics.Lost, (process.Length + 2 + i) * 10, 0));
        return stages;
    }
}

using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Common.Messaging;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The figures of robots over the last 7 and 30 days, read once for all robots of a page.</summary>
public sealed class RobotFigures(ISender sender)
{
    private readonly Dictionary<(int Type, int Days), IReadOnlyList<RobotMetrics>> read = [];

    public async Task<(RobotMetrics? Week, RobotMetrics? Month)> OfAsync(int typeId, string stageId, string key) =>
        (await FindAsync(typeId, stageId, key, 7), await FindAsync(typeId, stageId, key, 30));

    private async Task<RobotMetrics?> FindAsync(int typeId, string stageId, string key, int days)
    {
        if (!read.TryGetValue((typeId, days), out var all)) read[(typeId, days)] = all = await sender.Send(new GetRobotMetrics(typeId) { Days = days });
        return all.FirstOrDefault(m => m.StageId == stageId && m.RobotKey == key);
    }
}

using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>The figures of robots over the last 7 and 30 days, read once for all robots of a page.</summary>
public sealed class RobotFigures(ISender sender, IUserFormat format, IStringLocalizer<Texts> texts)
{
    private readonly Dictionary<(int Type, int Days), IReadOnlyList<RobotMetrics>> read = [];

    public async Task<(RobotMetrics? Week, RobotMetrics? Month)> OfAsync(int typeId, string stageId, string key) =>
        (await FindAsync(typeId, stageId, key, 7), await FindAsync(typeId, stageId, key, 30));

    /// <summary>Below a second in milliseconds, else as people say it.</summary>
    public string Shown(TimeSpan? span) =>
        span is not { } time ? "–" : time < TimeSpan.FromSeconds(1) ? texts["figures.ms", format.Number(Math.Round((decimal)time.TotalMilliseconds, 1))] : format.Duration(time);

    private async Task<RobotMetrics?> FindAsync(int typeId, string stageId, string key, int days)
    {
        if (!read.TryGetValue((typeId, days), out var all)) read[(typeId, days)] = all = await sender.Send(new GetRobotMetrics(typeId) { Days = days });
        return all.FirstOrDefault(m => m.StageId == stageId && m.RobotKey == key);
    }
}

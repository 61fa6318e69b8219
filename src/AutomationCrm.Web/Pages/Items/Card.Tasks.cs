using System.Globalization;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using Microsoft.AspNetCore.Mvc;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The tab of tasks.</summary>
public sealed partial class CardModel
{
    public async Task<IActionResult> OnPostTaskAsync(string? title, long? responsible, string? deadline, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(title)) return Back(texts["task.title_empty"], "warning");

        DateTimeOffset? due = DateTime.TryParse(deadline, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? Zones.ToInstant(local, preferences.TimeZone) : null;
        await sender.Send(new AddTask(title.Trim()) { ResponsibleId = responsible, Deadline = due, Item = Ref }, ct);
        return Back(texts["task.added"]);
    }

    public async Task<IActionResult> OnPostCloseTaskAsync(long task, CancellationToken ct)
    {
        await sender.Send(new CloseTask(task), ct);
        return Back(texts["task.closed"]);
    }

    public async Task<IActionResult> OnPostReopenTaskAsync(long task, CancellationToken ct)
    {
        await sender.Send(new ReopenTask(task), ct);
        return Back(texts["task.reopened"]);
    }
}

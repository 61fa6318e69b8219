using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Tasks;

/// <summary>To-dos: the reader's own, those he gave away, all of them; overdue ones first.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public TaskPage Found { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "view")]
    public TaskView View { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public TaskState State { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public int Start { get; set; }

    public string Topic => Topics.Tasks;

    public PagerView Pager => new(
        Found.Tasks.Count == 0 ? 0 : Start + 1,
        Start + Found.Tasks.Count,
        Found.Total,
        Start > 0 ? Address(View, State, Math.Max(0, Start - ItemQuery.PageSize)) : null,
        Found.HasMore ? Address(View, State, Start + ItemQuery.PageSize) : null);

    public static string Address(TaskView view, TaskState state, int start = 0, string? handler = null) => "/tasks" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("handler", handler), ("view", view == TaskView.Mine ? null : view.ToString()), ("state", state == TaskState.Open ? null : state.ToString()), ("start", start > 0 ? start.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public string Handler(string name) => Address(View, State, Start, name);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_TaskList", this);
    }

    public async Task<IActionResult> OnPostCloseAsync(long task, CancellationToken ct)
    {
        await sender.Send(new CloseTask(task), ct);
        return Back(texts["task.closed"]);
    }

    public async Task<IActionResult> OnPostReopenAsync(long task, CancellationToken ct)
    {
        await sender.Send(new ReopenTask(task), ct);
        return Back(texts["task.reopened"]);
    }

    private RedirectResult Back(string message)
    {
        Flash.Set(TempData, new Flash(message));
        return Redirect(Address(View, State, Start));
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Start = Math.Clamp(Start, 0, 1_000_000);
        Found = await sender.Send(new ListTasks(View, State) { Offset = Start }, ct);
    }
}

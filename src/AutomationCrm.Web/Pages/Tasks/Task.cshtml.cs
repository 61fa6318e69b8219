using System.Globalization;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Tasks;

/// <summary>One task: what it says, its checklist, who works on it and who watches.</summary>
public sealed class TaskModel(ISender sender, IPortal portal, IUserPreferences preferences, IStringLocalizer<Texts> texts) : PageModel
{
    [FromRoute(Name = "id")]
    public long Id { get; set; }

    public TaskDetails Found { get; private set; } = null!;

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public long Responsible { get; private set; }

    public string Deadline { get; private set; } = "";

    public string Lines { get; private set; } = "";

    public IReadOnlyCollection<long> Observers { get; private set; } = [];

    public IReadOnlyCollection<long> Accomplices { get; private set; } = [];

    public string Topic => Topics.Tasks;

    public IEnumerable<Person> People => portal.Current.People.Values
        .Where(p => p.IsActive || p.Id == Responsible || Observers.Contains(p.Id) || Accomplices.Contains(p.Id)).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    public string Names(IEnumerable<long> people) => string.Join(", ", people.Select(portal.Current.PersonName));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ?? Page();

    public async Task<IActionResult> OnGetFactsAsync(CancellationToken ct) => await LoadAsync(ct) ?? Partial("_TaskFacts", this);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken ct) => DoAsync("task.closed", () => sender.Send(new CloseTask(Id), ct), ct);

    public Task<IActionResult> OnPostReopenAsync(CancellationToken ct) => DoAsync("task.reopened", () => sender.Send(new ReopenTask(Id), ct), ct);

    public Task<IActionResult> OnPostCheckAsync(int line, bool done, CancellationToken ct) => DoAsync(null, () => sender.Send(new CheckOff(Id, line, done), ct), ct);

    public async Task<IActionResult> OnPostSaveAsync(string? title, string? description, long responsible, string? deadline, List<long> accomplices, List<long> observers, string? checklist, long version, CancellationToken ct)
    {
        var answer = await DoAsync(
            "task.saved",
            async () =>
            {
                var before = await sender.Send(new GetTask(Id), ct);
                await sender.Send(
                    new UpdateTask(Id, title ?? "", description ?? "", responsible, Moment(deadline))
                    {
                        SeenVersion = version,
                        Checklist = Checklist.FromText(checklist ?? "", before.Lines),
                        AccompliceIds = accomplices,
                        ObserverIds = observers,
                    },
                    ct);
            },
            ct);
        if (!ModelState.IsValid) (Title, Description, Responsible, Deadline, Lines, Accomplices, Observers) = (title ?? "", description ?? "", responsible, deadline ?? "", checklist ?? "", accomplices, observers);
        return answer;
    }

    private async Task<IActionResult> DoAsync(string? done, Func<Task> work, CancellationToken ct)
    {
        try
        {
            if (await this.TryAsync(work) is { } refused) return refused;
        }
        catch (ConflictException)
        {
            ModelState.AddModelError("", texts["task.conflict"]);
        }

        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await OnGetAsync(ct);
        }

        if (done is not null) Flash.Set(TempData, new Flash(texts[done]));
        return RedirectToPage(new { id = Id });
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken ct)
    {
        if (await this.TryAsync(async () => Found = await sender.Send(new GetTask(Id), ct)) is { } refused) return refused;

        var task = Found.Task;
        (Title, Description, Responsible, Observers, Accomplices) = (task.Title, task.Description, task.ResponsibleId, task.ObserverIds, task.AccompliceIds);
        Deadline = task.Deadline is { } due ? Zones.ToLocal(due, preferences.TimeZone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : "";
        Lines = string.Join('\n', Found.Lines.Select(l => l.Text));
        return null;
    }

    private DateTimeOffset? Moment(string? local) =>
        DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? Zones.ToInstant(at, preferences.TimeZone) : null;
}

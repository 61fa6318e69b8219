using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Departments;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.People;

/// <summary>The company tree with its heads.</summary>
public sealed class DepartmentsModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<DepartmentNode> Nodes { get; private set; } = [];

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    /// <summary>The department in the form; null for a new one.</summary>
    public DepartmentNode? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken ct)
    {
        if (await this.TryAsync(() => LoadAsync(ct)) is { } refused) return refused;
        Chosen = Nodes.FirstOrDefault(n => n.Id == id);
        return id is not null && Chosen is null ? NotFound() : Page();
    }

    public Task<IActionResult> OnPostSaveAsync(long? id, string? name, long? parentId, long? headId, int sort, CancellationToken ct) =>
        DoAsync(id, () => sender.Send(new SaveDepartment(id, name ?? "", parentId, headId, sort), ct), "people.departments.saved", ct);

    public Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct) => DoAsync(id: null, () => sender.Send(new DeleteDepartment(id), ct), "people.departments.deleted", ct);

    private async Task<IActionResult> DoAsync(long? id, Func<Task> work, string done, CancellationToken ct)
    {
        if (ModelState.IsValid && await this.TryAsync(work) is { } refused) return refused;
        if (!ModelState.IsValid) return await OnGetAsync(id, ct);

        Flash.Set(TempData, new Flash(texts[done]));
        return RedirectToPage(new { id = (long?)null });
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Nodes = await sender.Send(new GetDepartmentTree(), ct);
        People = [.. (await sender.Send(new ListPeople(), ct)).Where(p => p.IsActive)];
    }
}

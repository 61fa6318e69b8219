using AutomationCrm.Web.Pages.Shared.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Dev;

/// <summary>Every part in every tone, for axe and for eyes.</summary>
[AllowAnonymous]
public sealed class PaletteModel(TimeProvider clock) : PageModel
{
    public static IReadOnlyList<string> Tones { get; } = ["primary", "secondary", "success", "info", "warning", "danger"];

    public static IReadOnlyList<string> Hues { get; } = ["blue", "azure", "indigo", "purple", "pink", "red", "orange", "yellow", "lime", "green", "teal", "cyan"];

    public static ShellView Shell { get; } = new()
    {
        PortalName = "AutomationCrm",
        PersonName = "Anna Petrova",
        PersonDetail = "anna.petrova@example.org",
        OpenTasks = 12,
        NeedsAttention = 3,
        Unread = 4,
        ViewAs = [new(2, "Mark Lewis", "Sales"), new(3, "Olga Sidorova", "Legal")],
        Topics = "sample:person",
    };

    [BindProperty(SupportsGet = true)]
    public bool ViewingAs { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public StepperView Stepper { get; } = new(
        "PREPAYMENT",
        [.. SampleBoard.Stages.Select(stage => new StepView(stage.Id, stage.Name, stage.Color))],
        "/dev/palette",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = "1" });

    public void OnGet(bool invalid)
    {
        if (invalid) ModelState.AddModelError("title", "Title: enter at least one letter.");
    }

    public IActionResult OnPost() => RedirectToPage();

    public IActionResult OnGetFail() => throw new InvalidOperationException("A failure on purpose, to look at the error page.");

}

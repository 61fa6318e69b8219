using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.People;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Scripts;

/// <summary>Which script to start on chosen items, and what it asks for.</summary>
public sealed class RunModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "items")]
    public long[] Items { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "script")]
    public long? ScriptId { get; set; }

    public IReadOnlyList<Script> Scripts { get; private set; } = [];

    public Script? Chosen { get; private set; }

    public IEnumerable<Person> People => portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    internal ItemKind Kind => RouteData.Kind();

    public string Back => Items.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"/{Kind.Path}/{Items[0]}") : "/" + Kind.Path;

    /// <summary>The dry run, on the first of the items.</summary>
    public string TryUrl => string.Create(CultureInfo.InvariantCulture, $"/{Kind.Path}/{Items[0]}/try?handler=Script");

    public string UrlOf(Script script) => string.Create(CultureInfo.InvariantCulture, $"/automation/run/{Kind.Path}?script={script.Id}{string.Concat(Items.Select(i => string.Create(CultureInfo.InvariantCulture, $"&items={i}")))}");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Scripts = [.. (await sender.Send(new ListScripts(Kind.TypeId), ct)).Where(s => s.Config is { Enabled: true, Robots.Count: > 0 })];
        Chosen = ScriptId is { } id ? Scripts.FirstOrDefault(s => s.Id == id) : Scripts.Count == 1 ? Scripts[0] : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var values = Request.Form.Where(f => f.Key.StartsWith("v.", StringComparison.Ordinal)).ToDictionary(f => f.Key[2..], f => f.Value.ToString(), StringComparer.Ordinal);
        var started = await sender.Send(new StartScript(Kind.TypeId, ScriptId ?? 0, Items, values), ct);
        var message = texts.Plural("script.started", started.Items);
        Flash.Set(TempData, started.LeftOut == 0 ? new Flash(message) : new Flash($"{message} {texts.Plural("script.left_out", started.LeftOut)}", "warning"));
        return Redirect(string.Create(CultureInfo.InvariantCulture, $"/automation/launches/{started.Id}"));
    }
}

using System.Globalization;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Scripts;

/// <summary>One script: its name, what its starter is asked for, and its robots.</summary>
public sealed class ScriptModel(ISender sender, IPortal portal, RobotCatalogue catalogue, IStringLocalizer<Texts> texts) : PageModel
{
    public static readonly IReadOnlyList<FieldKind> ParameterKinds = [FieldKind.Text, FieldKind.LongText, FieldKind.Number, FieldKind.Date, FieldKind.Boolean, FieldKind.User];

    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    public Script Script { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    public IEnumerable<IGrouping<string, RobotDescriptor>> Types => catalogue.All.GroupBy(t => t.Group);

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    internal ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostAsync(int version, string? name, string? description, bool enabled, CancellationToken ct) => SaveAsync(version, script =>
    {
        var form = Request.Form;
        var (names, titles, kinds, defaults) = (form["p.name"], form["p.title"], form["p.kind"], form["p.default"]);
        var required = form["p.required"].ToHashSet(StringComparer.Ordinal);
        var parameters = names.Select((n, i) => new ScriptParameter(
                n?.Trim() ?? "",
                titles.ElementAtOrDefault(i) is { Length: > 0 } title ? title : n?.Trim() ?? "",
                Enum.TryParse<FieldKind>(kinds.ElementAtOrDefault(i), out var kind) && ParameterKinds.Contains(kind) ? kind : FieldKind.Text,
                required.Contains(i.ToString(CultureInfo.InvariantCulture)),
                defaults.ElementAtOrDefault(i) ?? ""))
            .Where(p => p.Name.Length > 0);
        return script with { Name = name?.Trim() ?? "", Description = description?.Trim() ?? "", Enabled = enabled, Parameters = [.. parameters] };
    }, ct);

    public Task<IActionResult> OnPostUpAsync(int version, string key, CancellationToken ct) => SaveAsync(version, script => script with { Robots = Shift(script.Robots, key, -1) }, ct);

    public Task<IActionResult> OnPostDownAsync(int version, string key, CancellationToken ct) => SaveAsync(version, script => script with { Robots = Shift(script.Robots, key, +1) }, ct);

    public Task<IActionResult> OnPostDeleteAsync(int version, string key, CancellationToken ct) =>
        SaveAsync(version, script => script with { Robots = ChainOrder.Without(script.Robots, new HashSet<string> { key }) }, ct);

    private async Task<IActionResult> SaveAsync(int version, Func<ScriptConfig, ScriptConfig> change, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        await sender.Send(new SaveScript(Kind.TypeId, Id, change(Script.Config), version), ct);
        Flash.Set(TempData, new Flash(texts["script.saved"]));
        return Redirect(Address.Script(Id));
    }

    private static List<RobotConfig> Shift(IReadOnlyList<RobotConfig> robots, string key, int by)
    {
        var list = robots.ToList();
        var (from, to) = (list.FindIndex(r => r.Key == key), list.FindIndex(r => r.Key == key) + by);
        if (from >= 0 && to >= 0 && to < list.Count) (list[from], list[to]) = (list[to], list[from]);
        return list;
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var found = await sender.Send(new ListScripts(Kind.TypeId, Id), ct);
        if (found is not [var script] || portal.Current.Pipeline(Kind.TypeId, RouteData.PipelineId()) is not { } pipeline) return false;

        (Script, Pipeline) = (script, pipeline);
        return true;
    }
}

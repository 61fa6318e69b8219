using AutomationCrm.Application.Automation.Explain;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>Why one robot ran or did not run for an item, and what would happen now.</summary>
public sealed class WhyModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public RobotExplanation Told { get; private set; } = null!;

    public Item Item { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Stage { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Robot { get; set; } = "";

    public string Address => WhyAddress.Of(Item.Ref, Stage, Robot);

    public string ItemAddress => ItemKind.UrlOf(Item.Ref);

    internal ItemKind Kind => RouteData.Kind();

    /// <summary>The state's word, icon and tone.</summary>
    public (string Word, string Icon, string Tone) State => Told.State switch
    {
        ExplainState.Done => (texts["why.done"], "circle-check", "success"),
        ExplainState.Failed => (texts["why.failed"], "alert-triangle", "danger"),
        ExplainState.Waiting => (texts["why.waiting"], "clock-pause", "primary"),
        ExplainState.NotStarted => (texts["why.not_started"], "circle-minus", ""),
        ExplainState.Limit => (texts["why.limit"], "player-stop", "danger"),
        ExplainState.Stopped => (texts["why.stopped"], "circle-x", "warning"),
        _ => (texts["why.never_reached"], "circle-dashed", ""),
    };

    /// <summary>The reason in the reader's language; recorded words where there are none.</summary>
    public string Reason
    {
        get
        {
            var name = Told.Code.Replace('.', '_');
            if (Told.Code == "robot.added_later" && Told.Added is { } added) return texts["why.added_later", added.Version, added.PersonName];
            if (Told.Code == "done") return texts["why.did_its_work"];
            return texts[$"reason.{name}"] is { ResourceNotFound: false } known && Told.Code is not ("settings.unresolved" or "effect.failed" or "condition.unknown" or "budget") ? known.Value : Told.Message;
        }
    }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(withNow: false, ct);

    public Task OnPostNowAsync(CancellationToken ct) => LoadAsync(withNow: true, ct);

    private async Task LoadAsync(bool withNow, CancellationToken ct)
    {
        Item = await sender.Send(new GetItem(new(Kind.TypeId, Id)), ct);
        Told = await sender.Send(new ExplainRobot(Item.Ref, Stage, Robot, withNow), ct);
    }
}

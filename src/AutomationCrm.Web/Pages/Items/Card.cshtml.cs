using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Pages.Shared.Timeline;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The page of one item: overview with its form, timeline, tasks, automation.</summary>
public sealed partial class CardModel(ISender sender, IPortal portal, Caller caller, FieldForm form, FieldFormat fields, FieldTitles titles, TimelineBuilder timeline, IUserPreferences preferences, Refusals refusals, IStringLocalizer<Texts> texts, TimeProvider clock) : PageModel
{
    private const int TasksShown = 200;

    public ItemCard Card { get; private set; } = null!;

    public TimelineLines Lines { get; private set; } = new([], null);

    public IReadOnlyList<TaskEntry> Tasks { get; private set; } = [];

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>What stood in the way of saving.</summary>
    public string? Conflict { get; private set; }

    public string? Problem { get; private set; }

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>overview, edit, timeline, tasks, chat or automation.</summary>
    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = "overview";

    [BindProperty(SupportsGet = true, Name = "kind_of")]
    public TimelineKind? Shown { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public Item Item => Card.Item;

    public DateTimeOffset Now => clock.GetUtcNow();

    public bool IsAdmin => caller.IsAdmin;

    public string PersonName(long id) => portal.Current.PersonName(id);

    public IReadOnlyList<Person> People => [.. portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture)];

    public string Topic => Topics.Item(Ref);

    internal ItemKind Kind => RouteData.Kind();

    internal ItemRef Ref => new(Kind.TypeId, Id);

    public string Address => ItemKind.UrlOf(Ref);

    public string TabAddress => Tab == "overview" ? Address : $"{Address}/{Tab}";

    public string Handler(string name, params (string Name, string Value)[] more) =>
        TabAddress + QueryString.Create([new("handler", name), .. more.Select(m => new KeyValuePair<string, string?>(m.Name, m.Value))]);

    /// <summary>What the fields say, without those that the head shows.</summary>
    public IEnumerable<(Field Field, Value Value, string Text)> Facts =>
        Item.Type.Fields.All
            .Where(f => f.Code is not (FieldCodes.Title or FieldCodes.Stage or FieldCodes.Pipeline or FieldCodes.Semantics or FieldCodes.Closed or FieldCodes.Id or FieldCodes.Currency))
            .Where(f => f.Code != FieldCodes.AmountBase || Item.Text(FieldCodes.Currency) != portal.Current.BaseCurrency)
            .Where(f => f.OnForm || !Item[f.Code].IsEmpty)
            .OrderBy(f => f.Kind == FieldKind.LongText).ThenBy(f => f.ReadOnly)
            .Select(f => (f, Item[f.Code], fields.Show(Item, f, Card.Titles)));

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(0, ct);
        if (Tab == "edit") Inputs = Marked(form.Fill(Item.Type, code => Item[code], Card.Titles));
    }

    public async Task<PartialViewResult> OnGetPanelAsync(int take, CancellationToken ct)
    {
        await LoadAsync(take, ct);
        return Partial("_CardPanel", this);
    }

    public async Task<PartialViewResult> OnGetOlderAsync(CancellationToken ct)
    {
        await LoadAsync(0, ct);
        return Partial("Timeline/_TimelineLines", Lines);
    }

    public async Task<IActionResult> OnPostMoveAsync(string from, string to, CancellationToken ct)
    {
        ItemMoved moved;
        try
        {
            moved = await sender.Send(new MoveItem(Ref, to) { FromStageId = from }, ct);
        }
        catch (RuleBrokenException refused) when (refused.Code == StageGate.Code)
        {
            return Redirect(GateModel.AddressOf(Ref, to));
        }

        var stage = portal.Current.Stage(Kind.TypeId, to)?.Name ?? to;
        return Back(moved.Moved ? texts["item.moved", stage] : texts["item.not_moved", stage]);
    }

    public async Task<IActionResult> OnPostUndoAsync(long version, CancellationToken ct)
    {
        var undone = await sender.Send(new UndoMove(Ref, version), ct);
        return undone.NotUndone.Count == 0 ? Back(texts["board.undone"]) : Back(texts["board.undone_but", string.Join(" ", undone.NotUndone.Select(refusals.Say))], "info");
    }

    public async Task<IActionResult> OnPostSaveAsync(long version, CancellationToken ct)
    {
        Tab = "edit";
        var type = portal.Current.Type(Kind.TypeId)!;
        var (values, errors) = form.Read(type, Request.Form);
        try
        {
            if (errors.Count == 0)
            {
                if (values.Count > 0) await sender.Send(new UpdateItem(Ref, values) { SeenVersion = version }, ct);
                Tab = "overview";
                return Back(texts["item.saved"]);
            }
        }
        catch (RuleBrokenException refused)
        {
            if (refused.Field is not null) form.Mark(refused, type, errors);
            else Problem = form.Say(refused, type);
        }
        catch (ConflictException conflict)
        {
            return await ConflictAsync(conflict, type, ct);
        }

        await LoadAsync(0, ct);
        Inputs = Marked(form.Posted(type, Request.Form, errors));
        SeenVersion = version;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>The version the form was filled from; after a conflict the newest, so that saving again is a decision.</summary>
    public long? SeenVersion { get; private set; }

    public async Task<IActionResult> OnPostCommentAsync(string? text, CancellationToken ct)
    {
        Tab = "timeline";
        if (string.IsNullOrWhiteSpace(text)) return Back(texts["timeline.comment_empty"], "warning");

        await sender.Send(new AddComment(Ref, text.Trim()), ct);
        return Back(texts["timeline.comment_added"]);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        await sender.Send(new DeleteItem(Ref), ct);
        Flash.Set(TempData, new Flash(texts["item.deleted", $"#{Id}"]));
        return Redirect("/" + Kind.Path);
    }

    // With the mark of what the item's stage requires.
    private IReadOnlyList<FieldInput> Marked(IReadOnlyList<FieldInput> inputs) =>
        portal.Current.Stage(Kind.TypeId, Item.StageId) is { } stage ? form.Marked(inputs, portal.Current.RequiredOn(stage)) : inputs;

    private async Task<IActionResult> ConflictAsync(ConflictException conflict, ItemType type, CancellationToken ct)
    {
        await LoadAsync(0, ct);
        SeenVersion = Item.Version;
        var who = conflict.ByPerson == Caller.SystemId ? texts["value.automation"].Value : portal.Current.PersonName(conflict.ByPerson);
        Conflict = texts["item.conflict", who, string.Join(", ", conflict.Fields.Select(code => type.Fields.Find(code) is { } field ? titles.Of(field) : code))];
        Inputs =
        [
            .. form.Posted(type, Request.Form, new Dictionary<string, string>(StringComparer.Ordinal))
                .Select(input => conflict.Fields.Contains(input.Field.Code) ? input with { Theirs = fields.Show(Item, input.Field, Card.Titles) } : input),
        ];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private RedirectResult Back(string message, string tone = "success")
    {
        Flash.Set(TempData, new Flash(message, tone));
        return Redirect(TabAddress);
    }

    private async Task LoadAsync(int take, CancellationToken ct)
    {
        Card = await sender.Send(new GetItemCard(Ref), ct);
        SeenVersion ??= Item.Version;
        if (Tab == "chat") await LoadChatAsync(ct);
        if (Tab == "automation") await LoadAutomationAsync(ct);
        if (Tab == "documents") Papers = await sender.Send(new GetItemPapers(Ref), ct);
        if (Tab == "tasks")
        {
            var page = await sender.Send(new GetTimeline(Ref) { Kinds = [TimelineKind.Task], Take = TasksShown }, ct);
            Tasks = [.. page.Entries.OfType<TaskEntry>().OrderBy(t => t.Task.State).ThenBy(t => t.Task.Deadline is null).ThenBy(t => t.Task.Deadline).ThenByDescending(t => t.Task.Id)];
        }

        if (Tab == "timeline")
        {
            var page = await sender.Send(new GetTimeline(Ref) { Kinds = Shown is { } kind ? [kind] : null, After = TimelineCursor.Parse(After), Take = Math.Clamp(take, 30, 200) }, ct);
            var next = page.Next is { } cursor ? $"{Address}/timeline" + QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["kind_of"] = Shown?.ToString(), ["after"] = cursor.ToString() }) : null;
            Lines = new(timeline.Lines(Ref, page.Entries), next);
        }
    }
}

using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>Items of one type as a list; filter, order and page live in the address.</summary>
public abstract class ListModel(ISender sender, IPortal portal, FieldTitles titles) : PageModel
{
    /// <summary>The column of how many open deals a client has; it is no field.</summary>
    public const string Deals = "deals";

    private static readonly string[] StagedColumns = [FieldCodes.Title, FieldCodes.Stage, FieldCodes.Amount, FieldCodes.Company, FieldCodes.Responsible, FieldCodes.CloseDate, FieldCodes.CreatedAt];
    private static readonly string[] CompanyColumns = [FieldCodes.Title, FieldCodes.Phone, FieldCodes.Email, "INDUSTRY", Deals, FieldCodes.Responsible, FieldCodes.CreatedAt];
    private static readonly string[] ContactColumns = [FieldCodes.Title, FieldCodes.Company, FieldCodes.Phone, FieldCodes.Email, Deals, FieldCodes.Responsible, FieldCodes.CreatedAt];

    public ItemPage Found { get; private set; } = new([], 0, false);

    public IReadOnlyDictionary<ItemRef, string> Known { get; private set; } = new Dictionary<ItemRef, string>();

    /// <summary>Open deals by client; null when there are too many to count at once.</summary>
    public IReadOnlyDictionary<long, int>? DealCounts { get; private set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Responsible { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Pipeline { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public int Start { get; set; }

    internal ItemKind Kind => RouteData.Kind();

    public ItemType Type => portal.Current.Type(Kind.TypeId)!;

    public PortalSnapshot Portal => portal.Current;

    public IReadOnlyList<Pipeline> Pipelines => [.. portal.Current.Pipelines.Where(p => p.TypeId == Kind.TypeId)];

    public Pipeline? Shown => Type.HasStages ? portal.Current.Pipeline(Kind.TypeId, Pipeline ?? portal.Current.DefaultPipeline(Kind.TypeId)?.Id ?? 0) : null;

    public IReadOnlyList<Person> People => [.. portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture)];

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || Responsible is not null || !string.IsNullOrEmpty(Stage);

    public string Path => "/" + Kind.Path + (Kind.HasBoard ? "/list" : "");

    private string[] Codes => Kind.TypeId switch { ItemTypeIds.Company => CompanyColumns, ItemTypeIds.Contact => ContactColumns, _ => StagedColumns };

    public IReadOnlyList<ListColumn> Columns => [.. Codes.Where(code => code == Deals || Type.Fields.Find(code) is not null).Select(Column)];

    public PagerView Pager => new(
        Found.Items.Count == 0 ? 0 : Start + 1,
        Start + Found.Items.Count,
        Found.Total,
        Start > 0 ? Address(Sort, Math.Max(0, Start - ItemQuery.PageSize)) : null,
        Found.HasMore ? Address(Sort, Start + ItemQuery.PageSize) : null);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Start = Math.Clamp(Start, 0, 1_000_000);
        Found = await sender.Send(new ListItems(new ItemQuery(Kind.TypeId, Filter()) { Order = [Order()], Offset = Start, Limit = ItemQuery.PageSize, WithCount = true }), ct);
        Known = await KnownAsync(ct);
        if (!Type.HasStages) DealCounts = await CountDealsAsync(ct);
    }

    private FilterNode Filter()
    {
        var all = new List<FilterNode>();
        if (!string.IsNullOrWhiteSpace(Search)) all.Add(FilterNode.Search(Search.Length > 200 ? Search[..200] : Search));
        if (Responsible is { } person) all.Add(FilterNode.Compare(FieldCodes.Responsible, FilterOp.Equal, new UserValue(person)));
        if (Shown is { } pipeline) all.Add(FilterNode.Compare(FieldCodes.Pipeline, FilterOp.Equal, Value.Of((decimal)pipeline.Id)));
        if (Shown?.Find(Stage ?? "") is { } stage) all.Add(FilterNode.Compare(FieldCodes.Stage, FilterOp.Equal, Value.Of(stage.Id)));
        return FilterNode.All(all);
    }

    private ItemOrder Order()
    {
        var (code, down) = Sort is { Length: > 1 } && Sort[0] == '-' ? (Sort[1..], true) : (Sort ?? "", false);
        if (!Sortable(code)) (Sort, code, down) = (null, FieldCodes.CreatedAt, true);
        return new(code == FieldCodes.Amount ? FieldCodes.AmountBase : code, down);
    }

    private bool Sortable(string code) => Codes.Contains(code) && Type.Fields.Find(code) is { Multiple: false, Kind: not (FieldKind.User or FieldKind.Item) };

    private ListColumn Column(string code)
    {
        var sorted = Sort == code ? "asc" : Sort == "-" + code ? "desc" : null;
        return new(code, code == Deals ? "" : titles.Of(Type.Fields[code]), Sortable(code) ? Address(sorted == "asc" ? "-" + code : code, 0) : null, sorted, code is FieldCodes.Amount or Deals);
    }

    private string Address(string? sort, int start) => Path + QueryString.Create(new (string Name, string? Value)[]
    {
        ("pipeline", Pipeline?.ToString(CultureInfo.InvariantCulture)), ("stage", Stage), ("q", Search), ("responsible", Responsible?.ToString(CultureInfo.InvariantCulture)), ("sort", sort),
        ("start", start > 0 ? start.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    /// <summary>Titles of the clients on this page.</summary>
    private async Task<IReadOnlyDictionary<ItemRef, string>> KnownAsync(CancellationToken ct)
    {
        var known = new Dictionary<ItemRef, string>();
        var wanted = Found.Items.SelectMany(i => new[] { i[FieldCodes.Company], i[FieldCodes.Contact] }).OfType<ItemValue>().Distinct().GroupBy(v => v.TypeId);
        foreach (var group in wanted)
        {
            var page = await sender.Send(new ListItems(new ItemQuery(group.Key, FilterNode.Compare(FieldCodes.Id, FilterOp.In, group.Select(v => Value.Of((decimal)v.Id)))) { Limit = ItemQuery.LargestPage }), ct);
            foreach (var item in page.Items) known[item.Ref] = item.Title;
        }

        return known;
    }

    private async Task<Dictionary<long, int>?> CountDealsAsync(CancellationToken ct)
    {
        if (Found.Items.Count == 0) return [];

        var code = Kind.TypeId == ItemTypeIds.Company ? FieldCodes.Company : FieldCodes.Contact;
        var filter = FilterNode.All(FilterNode.Compare(code, FilterOp.In, Found.Items.Select(i => (Value)new ItemValue(Kind.TypeId, i.Ref.Id))), FilterNode.Compare(FieldCodes.Closed, FilterOp.Equal, Value.False));
        var page = await sender.Send(new ListItems(new ItemQuery(ItemTypeIds.Deal, filter) { Limit = ItemQuery.LargestPage }), ct);
        return page.HasMore ? null : page.Items.GroupBy(i => ((ItemValue)i[code]).Id).ToDictionary(g => g.Key, g => g.Count());
    }
}

/// <summary>Companies and contacts.</summary>
public sealed class ClientsModel(ISender sender, IPortal portal, FieldTitles titles) : ListModel(sender, portal, titles);

/// <summary>The list beside a board.</summary>
public sealed class StagedModel(ISender sender, IPortal portal, FieldTitles titles) : ListModel(sender, portal, titles);

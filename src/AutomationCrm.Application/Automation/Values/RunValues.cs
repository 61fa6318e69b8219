using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>Opens the values that a robot, a trigger or a wait may ask for: reads linked items, roots and changes once, so that evaluation itself reads nothing.</summary>
internal sealed class RunValues(IUnitOfWork work, CrmDbContext db, IEnumerable<IValueRoot> roots)
{
    private static readonly Dictionary<string, FieldChange> NoChanges = [];

    private readonly Dictionary<long, IReadOnlyDictionary<string, FieldChange>> changesOfRuns = [];

    /// <param name="paths">All paths that will be asked.</param>
    /// <param name="changes">Whether a condition asks what has changed.</param>
    public async ValueTask<RunSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, bool changes, CancellationToken ct)
    {
        var linked = await LinkedAsync(demand.Item, paths, ct);
        return new RunSource(demand, item => linked.GetValueOrDefault(item), await RootsAsync(demand, paths, ct), await ChangesAsync(demand, changes, ct));
    }

    /// <summary>Everything besides the values: language, zones, business calendar, names, rates.</summary>
    public EvaluationContext ContextOf(Item item, long seed)
    {
        var (portal, facts) = (work.Portal, new PortalFacts(work.Portal, item.Type));
        return new EvaluationContext(work.Now)
        {
            Seed = (ulong)seed,
            Culture = portal.Calendar.Culture,
            TimeZone = portal.Calendar.Zone,
            Calendar = portal.Calendar.Hours,
            ResponsibleTimeZone = facts.ZoneOf(item.ResponsibleId),
            AuthorTimeZone = facts.ZoneOf(item.User(FieldCodes.CreatedBy)),
            Facts = facts,
        };
    }

    private async ValueTask<Dictionary<ItemRef, Item>> LinkedAsync(Item item, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        var found = new Dictionary<ItemRef, Item>();
        List<(Item Item, string[] Links)> open = [.. paths.Where(p => p.StartsWith(FieldPath.Document, StringComparison.Ordinal) && p.Contains('.')).Select(p => (item, p[FieldPath.Document.Length..].Split('.')[..^1]))];
        for (var depth = 0; open.Count > 0 && depth < FieldPath.MostLinks; depth++)
        {
            List<(ItemRef Ref, string[] Further)> next = [];
            foreach (var (from, links) in open)
                if (FieldPath.Link(from.Type, links[0]) is { } field && from[field.Code] is ItemValue reference) next.Add((new(reference.TypeId, reference.Id), links[1..]));

            await work.LoadItemsAsync([.. next.Select(n => n.Ref).Distinct()], ct);
            open = [];
            foreach (var (target, further) in next)
            {
                if (await work.FindItemAsync(target, ct) is not { } loaded) continue;
                found[target] = loaded;
                if (further.Length > 0) open.Add((loaded, further));
            }
        }

        return found;
    }

    private async ValueTask<Dictionary<string, IValueSource>> RootsAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        var opened = new Dictionary<string, IValueSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var root in roots)
        {
            List<string> own = [.. paths.Where(p => root.Objects.Contains(ObjectOf(p), StringComparer.OrdinalIgnoreCase))];
            if (own.Count == 0) continue;

            var source = await root.OpenAsync(demand, own, ct);
            foreach (var name in root.Objects) opened[name] = source;
        }

        return opened;
    }

    private async ValueTask<IReadOnlyDictionary<string, FieldChange>> ChangesAsync(ValueDemand demand, bool wanted, CancellationToken ct)
    {
        if (demand.Changes is { } given) return given.ToDictionary(c => c.Code);
        if (!wanted || demand.Run is not { } run) return NoChanges;
        if (changesOfRuns.TryGetValue(run.Id, out var known)) return known;

        // The moment narrows the search to one partition.
        var (from, to) = (run.StartedAt.AddMinutes(-1), run.StartedAt.AddMinutes(1));
        var stored = await db.Events.AsNoTracking()
            .Where(e => e.TypeId == run.TypeId && e.ItemId == run.ItemId && e.Version == run.ItemVersion && e.At >= from && e.At <= to)
            .Select(e => e.Changes).FirstOrDefaultAsync(ct);
        return changesOfRuns[run.Id] = stored is null ? NoChanges : Read(stored, demand.Item.Type);
    }

    private static Dictionary<string, FieldChange> Read(string stored, ItemType type)
    {
        using var json = JsonDocument.Parse(stored);
        var changes = new Dictionary<string, FieldChange>();
        foreach (var change in json.RootElement.EnumerateObject())
            if (type.Fields.Find(change.Name) is { } field)
                changes[change.Name] = new(change.Name, ValueJson.Read(change.Value.GetProperty("old"), field), ValueJson.Read(change.Value.GetProperty("new"), field));
        return changes;
    }

    private static string ObjectOf(string path) => path.IndexOf(':') is var colon and > 0 ? path[..colon] : "";
}

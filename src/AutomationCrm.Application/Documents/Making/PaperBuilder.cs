using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>Fills a version of a template for an item.</summary>
internal sealed class PaperBuilder(IUnitOfWork work, IFileStore files, TemplateEngines engines, IProductRows products, PictureReader pictures, IAccess access)
{
    /// <summary>What the document is filled from; the caller adds number, title and date.</summary>
    public async Task<PaperData> GatherAsync(Item item, IReadOnlyDictionary<string, Value> given, CancellationToken ct)
    {
        var references = item.Values.Values.OfType<ItemValue>().Select(v => new ItemRef(v.TypeId, v.Id)).Distinct().ToList();
        await work.LoadItemsAsync(references, ct);
        var linked = new Dictionary<ItemRef, Item>();
        foreach (var reference in references)
            if (await work.FindItemAsync(reference, ct) is { } found && MayRead(found)) linked[reference] = found;
        return new(item, linked, work.Portal, await products.ReadAsync(item, work.Portal, ct), given);
    }

    public async Task<byte[]> FillAsync(DocumentTemplate template, Guid fileId, PaperData data, CancellationToken ct)
    {
        var content = await files.ReadAsync(fileId, ct) ?? throw new InvalidOperationException($"The file of the template {template.Code} is gone.");
        var engine = engines.Of(template.Kind);
        var placed = data with { Pictures = await pictures.ReadAsync(engine.Inspect(content), FillerOf(template, data), data, ct) };
        return engine.Fill(content, FillerOf(template, placed));
    }

    private PaperFiller FillerOf(DocumentTemplate template, PaperData data) => PaperFiller.Of(data, work.Now, CultureInfo.GetCultureInfo(template.Language), ZoneOf(data.Item));

    /// <summary>Today where the item's responsible person works.</summary>
    public DateOnly DayOf(Item item) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(work.Now, ZoneOf(item)).DateTime);

    private TimeZoneInfo ZoneOf(Item item) =>
        work.Portal.People.TryGetValue(item.ResponsibleId, out var person) && TimeZoneInfo.TryFindSystemTimeZoneById(person.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    // A document shows nobody what he may not read himself (A12).
    private bool MayRead(Item item) => access.Scope(work.Caller, item.Ref.TypeId, ItemAction.Read).Covers(item);
}

using System.Text.Json;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>Tells who changed what since somebody looked; changes of other fields do not stand in each other's way.</summary>
internal sealed class ConflictCheck(CrmDbContext db, IUnitOfWork work)
{
    public async Task RequireNoneAsync(Item item, long seenVersion, IEnumerable<string> fields, CancellationToken ct)
    {
        if (seenVersion >= item.Version) return;

        var since = await db.Events.AsNoTracking()
            .Where(e => e.TypeId == item.Ref.TypeId && e.ItemId == item.Ref.Id && e.Version > seenVersion)
            .OrderByDescending(e => e.Version)
            .ToListAsync(ct);
        var wanted = fields.ToHashSet();
        foreach (var changed in since)
        {
            using var changes = JsonDocument.Parse(changed.Changes);
            var both = changes.RootElement.EnumerateObject().Select(p => p.Name).Where(wanted.Contains).ToList();
            if (both.Count == 0) continue;

            var who = changed.ActorId == 0 ? "Automation" : work.Portal.PersonName(changed.ActorId);
            throw new ConflictException($"{who} changed {string.Join(", ", both)} in the meantime.", changed.ActorId, both);
        }
    }
}

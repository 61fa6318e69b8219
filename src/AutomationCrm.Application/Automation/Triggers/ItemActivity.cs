using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>When people, clients or programs last did something with an item; what automation did does not count. Read when a timer fires, never kept.</summary>
internal sealed class ItemActivity(CrmDbContext db)
{
    private static readonly string[] FromOutside = ["mail_in", "form", "client", "chat_in"];

    public async Task<DateTimeOffset> OfAsync(Item item, CancellationToken ct)
    {
        var (type, id) = (item.Ref.TypeId, item.Ref.Id);
        DateTimeOffset?[] moments =
        [
            item[FieldCodes.CreatedAt] is InstantValue created ? created.At : null,
            await db.Events.AsNoTracking().Where(e => e.TypeId == type && e.ItemId == id && e.Depth == 0).MaxAsync(e => (DateTimeOffset?)e.At, ct),
            await db.Comments.AsNoTracking().Where(c => c.TypeId == type && c.ItemId == id && c.RunId == null).MaxAsync(c => (DateTimeOffset?)c.At, ct),
            await db.Tasks.AsNoTracking().Where(t => t.TypeId == type && t.ItemId == id && t.RunId == null).MaxAsync(t => (DateTimeOffset?)t.CreatedAt, ct),
            await db.Tasks.AsNoTracking().Where(t => t.TypeId == type && t.ItemId == id && t.ClosedBy > 0).MaxAsync(t => t.ClosedAt, ct),
            await db.TimelineNotes.AsNoTracking().Where(n => n.TypeId == type && n.ItemId == id && (n.ActorId > 0 || FromOutside.Contains(n.Kind))).MaxAsync(n => (DateTimeOffset?)n.At, ct),
        ];
        return moments.Max() ?? DateTimeOffset.MinValue;
    }
}

using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Finds the item that a mail belongs to: by the mail it answers, by the token in its address, else by the client's only open item.</summary>
internal sealed class MailMatcher(CrmDbContext db, IItemReader items)
{
    private const int Most = 50;

    /// <summary>The mail of ours that this one answers.</summary>
    public async Task<MailMessage?> AnsweredAsync(IncomingMail mail, CancellationToken ct)
    {
        var ids = mail.Answers.Select(MailIds.MailOf).OfType<Guid>().Distinct().Take(Most).ToList();
        if (ids.Count > 0)
        {
            var found = await db.Mails.AsNoTracking().Where(m => m.Direction == MailMessage.Out && ids.Contains(m.Id)).ToListAsync(ct);
            if (ids.Select(id => found.Find(m => m.Id == id)).FirstOrDefault(m => m is not null) is { } nearest) return nearest;
        }

        var tokens = mail.To.Select(MailReply.TokenOf).OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).ToList();
        return tokens.Count == 0 ? null : await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Direction == MailMessage.Out && tokens.Contains(m.Token), ct);
    }

    /// <summary>The one open deal or lead of the sender; otherwise why there is none.</summary>
    public async Task<(ItemRef? Item, string? Reason)> BySenderAsync(string from, CancellationToken ct)
    {
        var open = new List<ItemRef>();
        open.AddRange((await WithAddressAsync(ItemTypeIds.Lead, from, ct)).Where(l => l[FieldCodes.Closed] is not BoolValue { Flag: true }).Select(l => l.Ref));
        foreach (var (type, field) in ((int, string)[])[(ItemTypeIds.Contact, FieldCodes.Contact), (ItemTypeIds.Company, FieldCodes.Company)])
        {
            var clients = (await WithAddressAsync(type, from, ct)).ConvertAll(c => (Value)new ItemValue(type, c.Ref.Id));
            if (clients.Count == 0) continue;

            var deals = FilterNode.All(FilterNode.Compare(field, FilterOp.In, clients), FilterNode.Compare(FieldCodes.Closed, FilterOp.Equal, Value.False));
            open.AddRange((await items.ListAsync(new(ItemTypeIds.Deal, deals) { Limit = Most }, ItemScope.All, ct)).Items.Select(d => d.Ref));
        }

        return open.Distinct().ToList() switch { [var only] => (only, null), [] => (null, "match.none"), _ => (null, "match.several") };
    }

    private async Task<List<Item>> WithAddressAsync(int type, string from, CancellationToken ct) =>
        [.. (await items.ListAsync(new(type, FilterNode.Compare(FieldCodes.Email, FilterOp.Contains, Value.Of(from))) { Limit = Most }, ItemScope.All, ct)).Items
            .Where(i => i[FieldCodes.Email] is ListValue list && list.Items.OfType<ContactPointValue>().Any(p => p.Text.Trim().Equals(from, StringComparison.OrdinalIgnoreCase)))];
}

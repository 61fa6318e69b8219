using AutomationCrm.Application.Messages;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>What a command adds about mails and chats.</summary>
internal static class MessageStatements
{
    public static void Add(BatchBuilder batch, MessageChanges changes)
    {
        AddMails(batch, changes);
        if (changes.Sent is { Count: > 0 } sent)
            batch.Add("update mail_message m set state = 1, sent_at = d.at from unnest($1, $2) as d(id, at) where m.id = d.id and m.direction = 1")
                .Uuids(sent.Select(s => s.Id)).Times(sent.Select(s => s.At));
        if (changes.Opened is { Count: > 0 } opened)
            batch.Add("update mail_message m set opens = m.opens + 1, opened_at = coalesce(m.opened_at, d.at) from unnest($1, $2) as d(id, at) where m.id = d.id")
                .Uuids(opened.Select(o => o.Id)).Times(opened.Select(o => o.At));
        if (changes.Followed is { Count: > 0 } followed)
            batch.Add("update mail_link l set follows = l.follows + 1, followed_at = coalesce(l.followed_at, d.at) from unnest($1, $2, $3) as d(id, number, at) where l.mail_id = d.id and l.number = d.number")
                .Uuids(followed.Select(f => f.Id)).Ints(followed.Select(f => f.Number)).Times(followed.Select(f => f.At));
        if (changes.Placed is { Count: > 0 } placed)
            batch.Add("update mail_message m set state = d.state, type_id = d.type_id, item_id = d.item_id from unnest($1, $2, $3, $4) as d(id, state, type_id, item_id) where m.id = d.id and m.direction = 0")
                .Uuids(placed.Select(p => p.Id)).Shorts(placed.Select(p => (short)p.State)).MaybeInts(placed.Select(p => p.TypeId)).MaybeLongs(placed.Select(p => p.ItemId));
        if (changes.Optouts is { Count: > 0 } optouts)
            batch.Add("insert into mail_optout (address, at, mail_id) select * from unnest($1, $2, $3) on conflict (address) do nothing")
                .Texts(optouts.Select(o => o.Address)).Times(optouts.Select(o => o.At)).MaybeUuids(optouts.Select(o => o.MailId));
        if (changes.Chat is { Count: > 0 } chat)
            batch.Add("insert into chat_message (id, type_id, item_id, author_id, text, at, run_id, robot_run_id) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)")
                .Longs(chat.Select(c => c.Id)).Ints(chat.Select(c => c.TypeId)).Longs(chat.Select(c => c.ItemId)).Longs(chat.Select(c => c.AuthorId))
                .Texts(chat.Select(c => c.Text)).Times(chat.Select(c => c.At)).MaybeLongs(chat.Select(c => c.RunId)).MaybeLongs(chat.Select(c => c.RobotRunId));
    }

    private static void AddMails(BatchBuilder batch, MessageChanges changes)
    {
        if (changes.Mails is { Count: > 0 } mails)
            batch.Add("""
                insert into mail_message (id, direction, state, type_id, item_id, message_id, token, from_address, from_name, to_addresses, subject, text, to_client, at, answered_by, reason, attachments, run_id, robot_run_id)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                on conflict (id) do update set state = excluded.state, token = excluded.token, from_address = excluded.from_address, from_name = excluded.from_name,
                  to_addresses = excluded.to_addresses, subject = excluded.subject, text = excluded.text, attachments = excluded.attachments
                """)
                .Uuids(mails.Select(m => m.Id)).Shorts(mails.Select(m => m.Direction)).Shorts(mails.Select(m => (short)m.State)).MaybeInts(mails.Select(m => m.TypeId))
                .MaybeLongs(mails.Select(m => m.ItemId)).Texts(mails.Select(m => m.MessageId)).Texts(mails.Select(m => m.Token)).Texts(mails.Select(m => m.FromAddress))
                .Texts(mails.Select(m => m.FromName)).Texts(mails.Select(m => m.ToAddresses)).Texts(mails.Select(m => m.Subject)).Texts(mails.Select(m => m.Text))
                .Flags(mails.Select(m => m.ToClient)).Times(mails.Select(m => m.At)).MaybeUuids(mails.Select(m => m.AnsweredBy)).Texts(mails.Select(m => m.Reason))
                .Jsons(mails.Select(m => m.Attachments)).MaybeLongs(mails.Select(m => m.RunId)).MaybeLongs(mails.Select(m => m.RobotRunId));
        if (changes.Links is { Count: > 0 } links)
            batch.Add("insert into mail_link (mail_id, number, url) select * from unnest($1, $2, $3) on conflict (mail_id, number) do update set url = excluded.url")
                .Uuids(links.Select(l => l.MailId)).Ints(links.Select(l => l.Number)).Texts(links.Select(l => l.Url));
    }
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>Looks into the mailbox by IMAP: unseen mails are taken in and then marked as seen, so that a crash in between costs nothing.</summary>
public sealed class MailboxReader(IOptionsMonitor<MailboxOptions> options, IServiceScopeFactory scopes, MailboxStatus status, TimeProvider clock, ILogger<MailboxReader> log)
{
    private const int UsualPort = 993;
    private const int MostAtOnce = 50;
    private const uint LargestMail = 30 * 1024 * 1024;
    private const int TimeoutMilliseconds = 30_000;

    public bool IsOn => options.CurrentValue.Server.Length > 0;

    /// <summary>Reads what is new, at most 50 mails, and answers how many; what goes wrong is told by <see cref="MailboxStatus"/>.</summary>
    public async Task<int> ReadOnceAsync(CancellationToken ct)
    {
        try
        {
            var read = await ReadAsync(options.CurrentValue, ct);
            status.Tell(new(clock.GetUtcNow(), read, null));
            return read;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(failure, "The mailbox could not be read");
            status.Tell(new(clock.GetUtcNow(), 0, HeaderText.OneLine(failure.Message)));
            return 0;
        }
    }

    private async Task<int> ReadAsync(MailboxOptions given, CancellationToken ct)
    {
        var server = ServerAddress.Parse(given.Server, UsualPort) ?? throw new InvalidOperationException("Crm__Mailbox__Server is not host:port.");
        using var client = new ImapClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(server.Host, server.Port, Security(given.Tls, server.Port), ct);
        await client.AuthenticateAsync(given.User, given.Password, ct);
        var folder = given.Folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox! : await client.GetFolderAsync(given.Folder, ct);
        await folder.OpenAsync(FolderAccess.ReadWrite, ct);
        var fresh = await folder.SearchAsync(SearchQuery.NotSeen, ct);
        var wanted = fresh.Take(MostAtOnce).ToList();
        var read = 0;
        if (wanted.Count > 0)
        {
            foreach (var summary in await folder.FetchAsync(wanted, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, ct))
            {
                if (await TakeAsync(folder, summary, ct)) read++;
                await folder.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, ct);
            }
        }

        await client.DisconnectAsync(quit: true, ct);
        return read;
    }

    private async Task<bool> TakeAsync(IMailFolder folder, IMessageSummary summary, CancellationToken ct)
    {
        if (summary.Size > LargestMail)
        {
            log.LogWarning("A mail of {Size} bytes is too large and was left alone", summary.Size);
            return false;
        }

        using var raw = new MemoryStream();
        await using (var stream = await folder.GetStreamAsync(summary.UniqueId, ct)) await stream.CopyToAsync(raw, ct);
        if (MailParser.Read(raw.ToArray(), clock.GetUtcNow()) is not { } mail)
        {
            log.LogWarning("What is no mail, or has no sender, was left alone");
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        return (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ReceiveMail(mail), ct)).Id is not null;
    }

    private static SecureSocketOptions Security(string tls, int port) => tls switch
    {
        "off" => SecureSocketOptions.None,
        "on" => port == UsualPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
        _ => port is 143 or 1143 ? SecureSocketOptions.None : port == UsualPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
    };
}

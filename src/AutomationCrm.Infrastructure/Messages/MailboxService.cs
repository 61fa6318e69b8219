using AutomationCrm.Application.Messages.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>Looks into the mailbox again and again. Several nodes may: a mail comes in once, by its Message-ID.</summary>
public sealed class MailboxService(MailboxReader reader, IOptionsMonitor<MailboxOptions> options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (reader.IsOn) await reader.ReadOnceAsync(stoppingToken);
            var pause = TimeSpan.FromSeconds(options.CurrentValue.PollSeconds);
            await Task.Delay(pause > Shortest ? pause : Shortest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

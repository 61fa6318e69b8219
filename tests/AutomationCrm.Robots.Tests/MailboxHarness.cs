using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Infrastructure.Messages;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

/// <summary>An app with a mail server or a mailbox of the test's own.</summary>
internal static class MailboxHarness
{
    public static Task<AppFixture> StartAsync(SmtpSink? smtp, ImapSink? imap, HeardHappenings? heard = null, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(smtp?.Settings ?? new Dictionary<string, string?>());
        foreach (var (key, value) in imap?.Settings ?? new Dictionary<string, string?>()) settings[key] = value;
        foreach (var (key, value) in more) settings[key] = value;
        return AppFixture.StartAsync(services => { if (heard is not null) services.AddSingleton<IHappeningReaction>(heard); }, settings);
    }

    public static async Task ReadMailboxAsync(this AppFixture app)
    {
        await app.Services.GetRequiredService<MailboxReader>().ReadOnceAsync(CancellationToken.None);
        Assert.Null(app.Services.GetRequiredService<MailboxStatus>().Last!.Error);
    }

    public static Task<T> AsSystemAsync<T>(this AppFixture app, Application.Common.Messaging.IRequest<T> request) => app.SendAsync(request, Caller.SystemId);

    public static async Task DealOfAsync(this AppFixture app, string address)
    {
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = MailHarness.Points(("WORK", address)) }));
        await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Deal"), [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact) }));
    }
}

/// <summary>Everything that was raised, in order.</summary>
internal sealed class HeardHappenings : IHappeningReaction
{
    public List<Happening> All { get; } = [];

    public bool Interested(string code) => true;

    public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
    {
        All.Add(happened);
        return ValueTask.CompletedTask;
    }
}

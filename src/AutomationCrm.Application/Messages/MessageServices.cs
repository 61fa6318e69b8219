using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Messages.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Messages;

/// <summary>Mail, text messages and chats.</summary>
internal static class MessageServices
{
    public static void AddMessages(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section);
        services.AddOptions<MailboxOptions>().BindConfiguration(MailboxOptions.Section);
        services.AddSingleton<PublicLinks>();
        services.AddOptions<Sms.SmsOptions>().BindConfiguration(Sms.SmsOptions.Section);
        services.AddSingleton<MailQuota>();
        services.AddSingleton<Sms.SmsQuota>();
        services.AddSingleton<MailboxStatus>();
        services.AddSingleton<Sms.SmsSecrets>();
        services.AddSingleton<Chat.ChatSecrets>();
        services.AddScoped<IJobHandler, NoteJobHandler>();
        services.AddScoped<MailMatcher>();
        services.AddScoped<MailLoops>();
        services.AddScoped<MailArrival>();
        services.AddScoped<MailReading>();
        services.AddScoped<MailParts>();
        services.AddScoped<TrackedMail>();
        services.AddScoped<IJobHandler, MailSentJobHandler>();
    }
}

using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Messages.Sms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class MessageConfiguration :
    IEntityTypeConfiguration<MailMessage>,
    IEntityTypeConfiguration<MailLink>,
    IEntityTypeConfiguration<MailOptout>,
    IEntityTypeConfiguration<ChatMessage>,
    IEntityTypeConfiguration<SmsProvider>,
    IEntityTypeConfiguration<ChatWebhook>
{
    public void Configure(EntityTypeBuilder<MailMessage> builder)
    {
        builder.ToTable("mail_message");
        builder.Ignore(m => m.Item);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Attachments).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<MailLink> builder) => builder.ToTable("mail_link").HasKey(l => new { l.MailId, l.Number });

    public void Configure(EntityTypeBuilder<MailOptout> builder) => builder.ToTable("mail_optout").HasKey(o => o.Address);

    public void Configure(EntityTypeBuilder<ChatMessage> builder)
    {
        builder.ToTable("chat_message");
        builder.Property(m => m.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<SmsProvider> builder)
    {
        builder.ToTable("sms_provider");
        builder.Property(p => p.Id).UseIdentity();
        builder.Property(p => p.Headers).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<ChatWebhook> builder)
    {
        builder.ToTable("chat_webhook");
        builder.Property(w => w.Id).UseIdentity();
    }
}

using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Messages;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Client;

/// <summary>Sends a mail to the client, to people who work here or to given addresses. It may go out twice after a crash, then with the same Message-ID.</summary>
internal sealed class SendEmailRobot() : Robot<SendEmailRobot.Settings>("send_email", RobotKind.Effect, RobotGroups.Client)
{
    public const string MailId = "MailId";
    public const string MessageId = "MessageId";
    public const string Recipients = "Recipients";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(MailId, FieldKind.Text), RobotResult.Of(MessageId, FieldKind.Text), RobotResult.Of(Recipients, FieldKind.Text)];

    /// <summary>A value is text: in a marked-up body none of its characters means anything, in the subject it stays on its line.</summary>
    public override Func<string, string>? Encoder(string setting, IReadOnlyDictionary<string, string> constants) => setting switch
    {
        "text" when constants.GetValueOrDefault("format", Settings.Markdown) == Settings.Markdown => MailMarkup.Escape,
        "subject" => HeaderText.OneLine,
        _ => null,
    };

    protected override async Task<PreparedEffect> PrepareAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var to = await RecipientsAsync(settings, context, ct);
        if (to.Count == 0) return PreparedEffect.Nothing("mail.nobody", settings.To == "client" ? "The client has no mail address of this kind." : "None of the people has a mail address.");

        var mail = await context.Send(
            new ComposeMail(context.EffectKey, context.Item.Ref, to, settings.Subject.Trim(), settings.Text)
            {
                ToClient = settings.To is "client" or "addresses",
                Markup = settings.Format == Settings.Markdown,
                From = settings.From.Trim(),
                ReplyTo = settings.ReplyTo.Trim(),
                Files = Files(settings.Attachments),
                TrackOpens = settings.TrackOpens,
                TrackLinks = settings.TrackLinks,
                Optout = settings.Unsubscribe.Trim(),
                Chain = context.Cause is { } cause ? ChainHeader.Write(cause) : null,
            },
            ct);
        return mail is null ? PreparedEffect.Nothing("mail.optout", "The client asked for no more mail.") : new(MailRequest.EffectKind, string.Join(", ", mail.To), mail.ToJson());
    }

    private static async Task<IReadOnlyList<string>> RecipientsAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        switch (settings.To)
        {
            case "client": return await context.Send(new FindClientPoints(context.Item.Ref, FieldCodes.Email, settings.AddressType == "any" ? "" : settings.AddressType, settings.AddressRule), ct);
            case "responsible": return Of([context.Item.ResponsibleId], context);
            case "supervisor": return context.Portal.SupervisorOf(context.Item.ResponsibleId) is { } head ? Of([head.Id], context) : [];
            case "people": return Of(settings.People, context);
            default:
                var (addresses, wrong) = Mailbox.ParseList(settings.Addresses);
                if (wrong is not null) throw Wrong("addresses", $"\"{HeaderText.OneLine(wrong)}\" is no mail address.");
                return addresses.Count > 0 ? [.. addresses.Select(a => a.ToString())] : throw Wrong("addresses", "There is no address to send to.");
        }
    }

    private static List<string> Of(IEnumerable<long> people, RobotContext context) =>
        [.. people.Distinct().Select(id => context.Portal.People.GetValueOrDefault(id)).Where(p => p is { IsActive: true } && Mailbox.TryParse(p.Email) is not null).Select(p => p!.Email)];

    private static List<Guid> Files(string text)
    {
        var files = new List<Guid>();
        foreach (var piece in text.Split([',', ';', '\n', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            files.Add(Guid.TryParse(piece, CultureInfo.InvariantCulture, out var id) ? id : throw Wrong("attachments", $"\"{HeaderText.OneLine(piece)}\" is no file; use the result of an earlier robot."));
        return files;
    }

    private static RuleBrokenException Wrong(string setting, string message) => new("setting.invalid", message, setting);

    internal sealed record Settings
    {
        public const string Markdown = "markdown";

        [Setting(FieldKind.Option, Required = true, Options = ["client", "responsible", "supervisor", "people", "addresses"])]
        public string To { get; init; } = "client";

        /// <summary>Which of the client's addresses.</summary>
        [Setting(FieldKind.Option, Options = ["any", "WORK", "HOME", "MAILING", "OTHER"], When = "to=client")]
        public string AddressType { get; init; } = "any";

        [Setting(FieldKind.Option, Options = ["first", "last", "all"], When = "to=client")]
        public string AddressRule { get; init; } = "first";

        [Setting(FieldKind.User, Multiple = true, When = "to=people")]
        public IReadOnlyList<long> People { get; init; } = [];

        [Setting(FieldKind.Text, When = "to=addresses")]
        public string Addresses { get; init; } = "";

        [Setting(FieldKind.Text, MaxLength = 320)]
        public string From { get; init; } = "";

        [Setting(FieldKind.Text, MaxLength = 320)]
        public string ReplyTo { get; init; } = "";

        [Setting(FieldKind.Text, Required = true, MaxLength = 500)]
        public string Subject { get; init; } = "";

        [Setting(FieldKind.LongText, Required = true, MaxLength = 65_536)]
        public string Text { get; init; } = "";

        [Setting(FieldKind.Option, Options = [Markdown, "plain"])]
        public string Format { get; init; } = Markdown;

        /// <summary>Ids of stored files, mostly results of earlier robots.</summary>
        [Setting(FieldKind.Text)]
        public string Attachments { get; init; } = "";

        /// <summary>Whether a picture tells when the mail is opened; the client's consent is the sender's business.</summary>
        [Setting(FieldKind.Boolean)]
        public bool TrackOpens { get; init; }

        [Setting(FieldKind.Boolean)]
        public bool TrackLinks { get; init; }

        /// <summary>The words of the link for those who want no more mail; empty: no link.</summary>
        [Setting(FieldKind.Text, MaxLength = 200)]
        public string Unsubscribe { get; init; } = "";
    }
}

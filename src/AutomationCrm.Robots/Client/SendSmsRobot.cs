using AutomationCrm.Application.Messages;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Client;

/// <summary>Sends one text message to the client or to a colleague. It never goes out twice by itself: an unknown outcome asks a person.</summary>
internal sealed class SendSmsRobot() : Robot<SendSmsRobot.Settings>("send_sms", RobotKind.ExactEffect, RobotGroups.Client)
{
    public const string MessageId = "MessageId";
    public const string Phone = "Phone";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(MessageId, FieldKind.Text), RobotResult.Of(Phone, FieldKind.Text)];

    protected override async Task<PreparedEffect> PrepareAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var wanted = await NumberAsync(settings, context, ct);
        if (wanted is null) return PreparedEffect.Nothing("sms.nobody", "There is no phone number to send to.");
        if (PhoneNumber.Normalize(wanted) is not { } number) throw Wrong("number", $"\"{Application.Messages.Mail.HeaderText.OneLine(wanted)}\" is no phone number.");
        if (settings.Text.Contains('\0', StringComparison.Ordinal)) throw Wrong("text", "The text has characters that a message cannot have.");
        if (await context.Send(new FindSmsProvider(settings.Provider), ct) is not var (id, name))
            throw Wrong("provider", settings.Provider.Length > 0 ? $"There is no SMS provider {settings.Provider}." : "There is no SMS provider yet; set one up on the page Messages.");

        return new(SmsRequest.EffectKind, $"{name}: {number}", new SmsRequest(id, name, number, settings.Text, context.RunId, context.RobotRunId).ToJson());
    }

    private static async Task<string?> NumberAsync(Settings settings, RobotContext context, CancellationToken ct) => settings.To switch
    {
        "client" => await context.Send(new FindClientPoints(context.Item.Ref, FieldCodes.Phone, settings.PhoneType == "any" ? "" : settings.PhoneType, settings.PhoneRule), ct) is [var phone, ..] ? phone : null,
        "responsible" => Of(context.Item.ResponsibleId, context),
        "supervisor" => context.Portal.SupervisorOf(context.Item.ResponsibleId) is { } head ? Of(head.Id, context) : null,
        "person" => settings.Person is [var person, ..] ? Of(person, context) : null,
        _ => settings.Number.Trim() is { Length: > 0 } number ? number : null,
    };

    private static string? Of(long id, RobotContext context) => context.Portal.People.GetValueOrDefault(id) is { IsActive: true, Phone.Length: > 0 } person ? person.Phone : null;

    private static RuleBrokenException Wrong(string setting, string message) => new("setting.invalid", message, setting);

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["client", "responsible", "supervisor", "person", "number"])]
        public string To { get; init; } = "client";

        [Setting(FieldKind.Option, Options = ["any", "WORK", "MOBILE", "HOME", "OTHER"], When = "to=client")]
        public string PhoneType { get; init; } = "any";

        [Setting(FieldKind.Option, Options = ["first", "last"], When = "to=client")]
        public string PhoneRule { get; init; } = "first";

        [Setting(FieldKind.User, When = "to=person")]
        public IReadOnlyList<long> Person { get; init; } = [];

        [Setting(FieldKind.Text, MaxLength = 100, When = "to=number")]
        public string Number { get; init; } = "";

        [Setting(FieldKind.LongText, Required = true, MaxLength = 1_600)]
        public string Text { get; init; } = "";

        /// <summary>The provider's name; empty: the default one.</summary>
        [Setting(FieldKind.SmsProvider, MaxLength = 100)]
        public string Provider { get; init; } = "";
    }
}

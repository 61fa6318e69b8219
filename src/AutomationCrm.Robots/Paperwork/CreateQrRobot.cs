using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Paperwork;

/// <summary>Draws a QR code of a text or link and attaches it to the item as a picture.</summary>
internal sealed class CreateQrRobot() : Robot<CreateQrRobot.Settings>("create_qr", RobotKind.State, RobotGroups.Paperwork)
{
    public const string FileId = "FileId";
    public const string Url = "Url";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(FileId, FieldKind.Text), RobotResult.Of(Url, FieldKind.Url)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var made = await context.Send(new CreateQrCode(context.Item.Ref, settings.Text, settings.Title), ct);
        return RobotResult.Done((FileId, Value.Of(made.FileId.ToString("D"))), (Url, Value.Of(made.Url)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, Required = true, MaxLength = IQrCodes.LongestText)]
        public string Text { get; init; } = "";

        /// <summary>The name of the picture.</summary>
        [Setting(FieldKind.Text, MaxLength = 150)]
        public string Title { get; init; } = "";
    }
}

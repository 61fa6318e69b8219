using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.QrPages;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Paperwork;

/// <summary>Draws a QR code of a text or link and attaches it to the item as a picture; the link may be to a page of its own that the visitor confirms.</summary>
internal sealed class CreateQrRobot() : Robot<CreateQrRobot.Settings>("create_qr", RobotKind.State, RobotGroups.Paperwork)
{
    public const string FileId = "FileId";
    public const string Url = "Url";
    public const string PageUrl = "PageUrl";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(FileId, FieldKind.Text), RobotResult.Of(Url, FieldKind.Url), RobotResult.Of(PageUrl, FieldKind.Url)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var page = settings.What == "page" ? await context.Send(new AddQrPage(context.Item.Ref, settings.Title.Length > 0 ? settings.Title : context.Item.Title, settings.Description, settings.Button, settings.Days), ct) : null;
        if (page is null && settings.Text.Length == 0) throw new RuleBrokenException("setting.required", "The setting text is empty.", "text");

        var made = await context.Send(new CreateQrCode(context.Item.Ref, page ?? settings.Text, settings.Title), ct);
        return RobotResult.Done((FileId, Value.Of(made.FileId.ToString("D"))), (Url, Value.Of(made.Url)), (PageUrl, page is null ? Value.Null : Value.Of(page)));
    }

    internal sealed record Settings
    {
        /// <summary>What a phone reads: a text of one's own, or a page made for it that the visitor confirms.</summary>
        [Setting(FieldKind.Option, Options = ["text", "page"])]
        public string What { get; init; } = "text";

        [Setting(FieldKind.Text, MaxLength = IQrCodes.LongestText, When = "what=text")]
        public string Text { get; init; } = "";

        /// <summary>The name of the picture and of the page.</summary>
        [Setting(FieldKind.Text, MaxLength = QrPage.TitleMaxLength)]
        public string Title { get; init; } = "";

        [Setting(FieldKind.LongText, MaxLength = QrPage.DescriptionMaxLength, When = "what=page")]
        public string Description { get; init; } = "";

        /// <summary>The words on the button; empty: "Confirm".</summary>
        [Setting(FieldKind.Text, MaxLength = QrPage.ButtonMaxLength, When = "what=page")]
        public string Button { get; init; } = "";

        /// <summary>How long the page is open.</summary>
        [Setting(FieldKind.Integer, When = "what=page")]
        public int Days { get; init; } = 30;
    }
}

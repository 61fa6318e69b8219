using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Paperwork;

/// <summary>
/// Makes a document from a template. Number and filled template are state of ours, the PDF comes from an outside program; so the order lies in the outbox
/// and is done with its key: again and again until all forms are there, always with the same number.
/// </summary>
internal sealed class CreateDocumentRobot() : Robot<CreateDocumentRobot.Settings>("create_document", RobotKind.Effect, RobotGroups.Paperwork)
{
    public const string DocumentId = "DocumentId";
    public const string Number = "Number";
    public const string FileId = "FileId";
    public const string DocxFileId = "DocxFileId";
    public const string PdfFileId = "PdfFileId";
    public const string Url = "Url";

    protected override IReadOnlyList<Field> Results =>
    [
        RobotResult.Of(DocumentId, FieldKind.Integer), RobotResult.Of(Number, FieldKind.Text), RobotResult.Of(FileId, FieldKind.Text),
        RobotResult.Of(DocxFileId, FieldKind.Text), RobotResult.Of(PdfFileId, FieldKind.Text), RobotResult.Of(Url, FieldKind.Url),
    ];

    protected override PreparedEffect Prepare(Settings settings, RobotContext context)
    {
        if (settings.Format is not ("pdf" or "docx" or "both")) throw Wrong("format", "The format is none of pdf, docx and both.");
        if (settings.LinkDays is < 0 or > 3650) throw Wrong("linkDays", "The link is open for 0 to 3650 days.");

        var order = new DocumentOrder(context.Item.Ref.TypeId, context.Item.Ref.Id, settings.Template.Trim(), settings.Title, settings.Values, settings.Format, settings.Link, settings.LinkDays, !settings.Unlisted)
        {
            Cause = context.Cause,
        };
        return new(DocumentSender.EffectKind, $"document:{settings.Template.Trim()}", order.ToJson());
    }

    private static RuleBrokenException Wrong(string setting, string message) => new("setting.invalid", message, setting);

    internal sealed record Settings
    {
        [Setting(FieldKind.DocumentTemplate, Required = true, MaxLength = 100)]
        public string Template { get; init; } = "";

        /// <summary>Empty: the template's name.</summary>
        [Setting(FieldKind.Text, MaxLength = 200)]
        public string Title { get; init; } = "";

        /// <summary>By name for <c>{=Value:Name}</c>, or by path to override what the path gives.</summary>
        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

        [Setting(FieldKind.Option, Options = ["pdf", "docx", "both"])]
        public string Format { get; init; } = "pdf";

        /// <summary>Whether a public link is made.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Link { get; init; }

        /// <summary>0: without an end.</summary>
        [Setting(FieldKind.Integer)]
        public int LinkDays { get; init; } = 30;

        /// <summary>Whether the files stand with the document only and not among the item's files.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Unlisted { get; init; }
    }
}

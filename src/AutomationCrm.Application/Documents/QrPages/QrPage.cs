namespace AutomationCrm.Application.Documents.QrPages;

/// <summary>A public page to which a QR code leads and which a visitor confirms once (reference bitrix-automation 5.3). Who has the link has the right.</summary>
public sealed class QrPage
{
    public const int TitleMaxLength = 150;
    public const int DescriptionMaxLength = 2_000;
    public const int ButtonMaxLength = 60;
    public const int MostDays = 3_650;

    public long Id { get; init; }

    public string Token { get; init; } = "";

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The words on the button.</summary>
    public string Button { get; init; } = "";

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset OpenUntil { get; init; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}

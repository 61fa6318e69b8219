namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>For _Alert. Tone: success, info, warning or danger.</summary>
public sealed record AlertView(string Tone, string Message, string? Title = null, string? UndoUrl = null);

/// <summary>For _EmptyState: what is missing and the way out.</summary>
public sealed record EmptyStateView(string Icon, string Title, string Text, string? ActionText = null, string? ActionHref = null);

/// <summary>For _Pager. Addresses are null where there is no page; <see cref="Total"/> is null when nobody counted.</summary>
public sealed record PagerView(long From, long To, long? Total, string? PreviousHref, string? NextHref);

/// <summary>For _StageStepper. The item stands on <see cref="CurrentId"/>; a step posts "to" and the fields of <see cref="Hidden"/>.</summary>
public sealed record StepperView(string CurrentId, IReadOnlyList<StepView> Steps, string MoveUrl, IReadOnlyDictionary<string, string> Hidden);

public sealed record StepView(string StageId, string Name, string Color);

/// <summary>One entry of _Timeline. Tone colours the mark: primary, success, warning, danger or null; the address makes <see cref="Who"/> a link.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string Icon, string Who)
{
    public string? Tone { get; init; }

    public string? Href { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>What a field said before and says now, as the person reads values; null is "empty".</summary>
public sealed record FieldChange(string? Field, string? Old, string? New);

using AutomationCrm.Web.Pages.Shared.Layout;

namespace AutomationCrm.Web.Pages.Shared.Timeline;

/// <summary>One line of an item's timeline. Tone colours the mark: primary, success, warning, danger or null.</summary>
/// <param name="Key">Unique on the page.</param>
/// <param name="What">The sentence after the name.</param>
public sealed record TimelineLine(string Key, DateTimeOffset At, string Icon, string Who, string What)
{
    public string? Tone { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>Name of the robot that did it, with the address of its run.</summary>
    public (string Name, string Href)? Robot { get; init; }

    /// <summary>A further link: its text and address.</summary>
    public (string Text, string Href)? Link { get; init; }
}

/// <summary>A page of the timeline; the address answers the following, older lines.</summary>
public sealed record TimelineLines(IReadOnlyList<TimelineLine> Lines, string? NextUrl);

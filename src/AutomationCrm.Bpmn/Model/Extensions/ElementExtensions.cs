namespace AutomationCrm.Bpmn.Model.Extensions;

/// <summary>What our own namespace adds to an element; described in docs/bpmn/extensions.md and extensions.schema.json.</summary>
public sealed record ElementExtensions
{
    public static ElementExtensions None { get; } = new();

    public RobotSettings? Robot { get; init; }

    public AssignmentSettings? Assignment { get; init; }

    public VoteSettings? Vote { get; init; }

    public DeadlineSettings? Deadline { get; init; }

    public IReadOnlyList<FormField> Form { get; init; } = [];
}

/// <summary>The robot type a service task runs, with its settings as written.</summary>
public sealed record RobotSettings(string Type, IReadOnlyDictionary<string, string> Values);

/// <summary>Work for people: <c>approve</c>, <c>vote</c>, <c>review</c> or <c>provide</c>; assignees may be expressions.</summary>
public sealed record AssignmentSettings(string Kind, string Assignees, string? Title, string? Description, IReadOnlyList<AssignmentOutcome> Outcomes);

public sealed record AssignmentOutcome(string Code, string Name);

/// <summary>How several decisions become one: <c>any</c>, <c>all</c>, <c>majority</c>, <c>percent</c> or <c>quorum</c>, with the number the last two need.</summary>
public sealed record VoteSettings(string Rule, decimal? Number, bool HasVeto);

/// <summary>By when, and what happens then: <c>remind</c>, <c>escalate</c> or <c>decide</c> with an outcome.</summary>
public sealed record DeadlineSettings(string After, string Action, string? Outcome);

/// <summary>One field of the form of an assignment.</summary>
public sealed record FormField(string Code, string Kind, string? Label, bool IsRequired, bool IsReadOnly);

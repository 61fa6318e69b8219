namespace AutomationCrm.Application.Common.Calls;

/// <summary>Through which door a command came in.</summary>
public enum Origin
{
    Page,
    Rest,
    Robot,

    /// <summary>A trigger moves an item or starts robots.</summary>
    Trigger,

    /// <summary>A visitor without an account sends a public form.</summary>
    Form,
    Import,
    Setup,
}

/// <summary>What made automation act: the chain of causes a command belongs to (decision D9).</summary>
/// <param name="Depth">0 for what people and programs do, one more for each run caused by a run.</param>
/// <param name="Count">Robots planned in this chain so far.</param>
public sealed record Cause(Guid ChainId, int Depth, int Count, long RunId, long RobotRunId)
{
    /// <summary>Until when outside effects are held back, because the move at the beginning of the chain may be undone.</summary>
    public DateTimeOffset? HoldUntil { get; init; }

    /// <summary>What a trigger tells the robots it starts, as JSON; null everywhere else.</summary>
    public string? Facts { get; init; }
}

/// <summary>Who acts, through which door, in which chain of causes. One per scope; the executor replaces its parts per step.</summary>
public sealed class Caller
{
    /// <summary>The person of the system itself, "automation" in histories.</summary>
    public const long SystemId = 0;

    public long PersonId { get; private set; }

    public bool IsAdmin { get; private set; } = true;

    public Origin Origin { get; private set; } = Origin.Setup;

    public Cause? Cause { get; private set; }

    /// <summary>Made by the client so that a repeated command has no second effect; null when the client made none.</summary>
    public Guid? CommandId { get; set; }

    /// <summary>The run on whose behalf rows are made; null for people, programs and calls that came back from outside.</summary>
    public long? RunId => Cause is { RunId: > 0 } cause ? cause.RunId : null;

    public long? RobotRunId => Cause is { RobotRunId: > 0 } cause ? cause.RobotRunId : null;

    public bool IsSystem => PersonId == SystemId;

    /// <summary>Changes start no automation: imports, undo.</summary>
    public bool Quiet { get; set; }

    /// <summary>Set while a move is taken back; its event says so.</summary>
    public bool Undoing { get; set; }

    public void Become(long personId, bool isAdmin, Origin origin, Cause? cause = null) =>
        (PersonId, IsAdmin, Origin, Cause) = (personId, isAdmin, origin, cause);
}

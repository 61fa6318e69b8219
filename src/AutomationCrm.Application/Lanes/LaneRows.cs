namespace AutomationCrm.Application.Lanes;

/// <summary>One piece of work in a lane; jobs of a lane run one at a time, in the order in which they were added.</summary>
/// <param name="Kind">Names the <see cref="IJobHandler"/>.</param>
/// <param name="Args">JSON, understood by the handler.</param>
public sealed record NewJob(LaneId Lane, string Kind, string Args)
{
    /// <summary>A person waits for it: its lane goes before those of bulk work.</summary>
    public bool Urgent { get; init; }
}

/// <summary>A job that comes into its lane at a time (by the database's clock).</summary>
public sealed record NewTimer(Guid Id, DateTimeOffset DueAt, LaneId Lane, long? RunId, long? RobotRunId, string Kind, string Args);

/// <summary>A claimed job.</summary>
public sealed record Job(LaneId Lane, long Seq, string Kind, string Args);

/// <summary>A lane in this node's hands until it is completed; every write is fenced by <paramref name="Token"/>.</summary>
/// <param name="Attempts">Claims since the last completion, this one counted; more than one means a worker was lost.</param>
public sealed record ClaimedLane(LaneId Id, Guid Token, int Attempts, IReadOnlyList<Job> Jobs);

using System.Text.Json;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Why a track goes on.</summary>
internal enum Resume
{
    /// <summary>The next robot's turn has come.</summary>
    Next,

    /// <summary>The delay before the robot is over.</summary>
    Due,

    /// <summary>The robot waited and is now done.</summary>
    Waited,

    /// <summary>A failed robot is tried again.</summary>
    Retry,

    /// <summary>The robot's effect has an outcome.</summary>
    Sent,

    /// <summary>A person says to go on as if the robot had been skipped.</summary>
    Skip,

    /// <summary>A person says that the robot's work is done.</summary>
    MarkDone,

    /// <summary>Something it watches has happened.</summary>
    Woken,

    /// <summary>It has waited long enough for something to happen.</summary>
    TimedOut,
}

/// <summary>The job that continues one track of a run.</summary>
internal sealed record TrackJob(long Run, int Track, int Position, long? RobotRun, Resume Resume)
{
    public const string Kind = "run.track";

    /// <summary>For <see cref="Resume.Sent"/>: whether the effect was delivered.</summary>
    public bool Delivered { get; init; }

    /// <summary>For <see cref="Resume.Sent"/>: nobody saw whether the effect arrived.</summary>
    public bool Unknown { get; init; }

    /// <summary>For <see cref="Resume.Sent"/>: results as JSON.</summary>
    public string? Results { get; init; }

    public string? Message { get; init; }

    /// <summary>For timers: when it was to be due. A robot run that waits for another moment by now is not meant.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>For <see cref="Resume.Woken"/>: what has happened.</summary>
    public string? Signal { get; init; }

    /// <summary>For <see cref="Resume.Woken"/>: facts of the happening.</summary>
    public JsonElement? Facts { get; init; }

    /// <summary>For decisions of people: who decided.</summary>
    public long? By { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static TrackJob Parse(string args) => JsonSerializer.Deserialize<TrackJob>(args)!;
}

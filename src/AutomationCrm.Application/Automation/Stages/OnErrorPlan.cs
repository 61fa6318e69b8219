namespace AutomationCrm.Application.Automation.Stages;

/// <summary>How a failure of a robot is met, parsed once per version.</summary>
/// <param name="Attempts">Tries altogether.</param>
/// <param name="Pause">Before the second try.</param>
public sealed record OnErrorPlan(string Then, int Attempts, TimeSpan Pause)
{
    public const int MostAttempts = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public static OnErrorPlan Default { get; } = new(OnErrorConfig.Ask, 5, TimeSpan.FromSeconds(2));

    /// <summary>Whether the number of tries is the author's; the outbox has a patience of its own otherwise.</summary>
    public bool IsAttemptsGiven { get; private init; }

    /// <summary>The reason why it cannot be used.</summary>
    public string? Problem { get; private init; }

    internal static OnErrorPlan Parse(OnErrorConfig? config)
    {
        if (config is null) return Default;

        var pause = IsoSpan.Parse(config.Pause);
        var problem = config.Then is not (OnErrorConfig.Ask or OnErrorConfig.Stop or OnErrorConfig.Continue) ? $"On error: ask, stop or continue, not \"{config.Then}\"."
            : config.Attempts is < 1 or > MostAttempts ? $"Between 1 and {MostAttempts} attempts."
            : !string.IsNullOrEmpty(config.Pause) && (pause is not { IsNegative: false } span || span.Length > LongestPause) ? $"\"{config.Pause}\" is no pause such as PT2S, or longer than a day."
            : null;
        return problem is null ? new(config.Then, config.Attempts ?? Default.Attempts, pause?.Length ?? Default.Pause) { IsAttemptsGiven = config.Attempts is not null } : Default with { Problem = problem };
    }
}

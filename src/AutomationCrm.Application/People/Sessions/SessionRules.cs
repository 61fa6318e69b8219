namespace AutomationCrm.Application.People.Sessions;

/// <summary>How long sessions and links live.</summary>
public static class SessionRules
{
    /// <summary>A session ends when it was not used for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7);

    /// <summary>A session ends so long after the sign-in, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How often at most a use is written down.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Link = TimeSpan.FromHours(24);

    /// <summary>A sign-in by link counts so long as a proof of who it is, for people who have no password yet.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>How long a half-open session waits for its code.</summary>
    public static readonly TimeSpan Code = TimeSpan.FromMinutes(5);

    internal const int AgentLength = 200;

    internal static DateTimeOffset Expiry(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var (idle, longest) = (now + Idle, createdAt + Longest);
        return idle < longest ? idle : longest;
    }
}

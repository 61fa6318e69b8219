namespace AutomationCrm.Application.People.Passwords;

/// <summary>Waiting times after failures: none at first, then doubled each time up to a limit.</summary>
internal static class BackOff
{
    public const int FreePerAccount = 5;
    public const int FreePerAddress = 20;
    private const int MaxDoublings = 9;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <param name="failures">Counted with the attempt that is being made.</param>
    public static TimeSpan After(int failures, int free)
    {
        if (failures < free) return TimeSpan.Zero;
        var wait = First * Math.Pow(2, Math.Min(failures - free, MaxDoublings));
        return wait < Longest ? wait : Longest;
    }
}

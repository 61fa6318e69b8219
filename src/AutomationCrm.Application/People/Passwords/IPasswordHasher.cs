namespace AutomationCrm.Application.People.Passwords;

public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, but stored with fewer rounds than today's: to be stored anew.</summary>
    RightButOld,
}

/// <summary>Slow hashes of passwords. Few run at a time, so that a flood of sign-ins cannot take the processor away.</summary>
public interface IPasswordHasher
{
    /// <summary>The text to store. Throws <c>RuleBrokenException</c> signin.busy when too many are waiting.</summary>
    Task<string> HashAsync(string password, CancellationToken ct);

    /// <summary>Compares; without a stored text it does the same work and answers wrong. Throws <c>RuleBrokenException</c> signin.busy when too many are waiting.</summary>
    Task<PasswordCheck> VerifyAsync(string? stored, string password, CancellationToken ct);
}

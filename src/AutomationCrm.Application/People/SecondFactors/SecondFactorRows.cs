namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>The authenticator app of a person; it counts once it was confirmed with a code.</summary>
public sealed class SecondFactor
{
    public long PersonId { get; init; }

    /// <summary>Wrapped by the key outside the database.</summary>
    public string Secret { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The step of the last code that was taken: a code is worth nothing a second time.</summary>
    public long LastStep { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}

/// <summary>Opens once when the authenticator is lost; only its hash is stored.</summary>
public sealed class RecoveryCode
{
    public long PersonId { get; init; }

    public byte[] CodeHash { get; init; } = [];

    public DateTimeOffset? UsedAt { get; set; }
}

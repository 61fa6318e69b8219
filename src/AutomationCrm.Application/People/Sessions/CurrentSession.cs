using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>
/// The browser session of this scope: who really signed in, also while he looks through a demo person's eyes. The caller of commands is
/// then the demo person (his rights, his name in histories); only the session remembers the administrator.
/// </summary>
public sealed class CurrentSession
{
    /// <summary>The code of the refusal that a door answers by asking for the password.</summary>
    public const string ProofCode = "session.proof";

    private byte[] tokenHash = [];

    public bool IsOpen => tokenHash.Length > 0;

    public long PersonId { get; private set; }

    public long? ViewAsId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the person last proved with a password or a link who sits there.</summary>
    public DateTimeOffset ProvenAt { get; private set; }

    internal byte[] TokenHash => tokenHash;

    public void Begin(SessionView session) =>
        (tokenHash, PersonId, ViewAsId, CreatedAt, ProvenAt) = (session.TokenHash, session.SignedIn.Id, session.ViewAs?.Id, session.CreatedAt, session.ProvenAt ?? session.CreatedAt);

    /// <summary>
    /// Refuses dangerous acts in a browser whose person has not proved lately who it is: somebody may have sat down at an open one.
    /// Programs have a secret of their own and no session.
    /// </summary>
    internal void RequireProof(DateTimeOffset now)
    {
        if (IsOpen && now - ProvenAt > SessionRules.Fresh) throw new RuleBrokenException(ProofCode, "Enter your password once more before this.");
    }

    /// <summary>The id of the person who signed in; refuses scopes without a session.</summary>
    internal long Require(string action) => IsOpen ? PersonId : throw new AccessDeniedException(action);

    /// <summary>As <see cref="Require"/>, and refuses while he looks as somebody else: accounts and secrets belong to oneself.</summary>
    internal long RequireSelf(string action) => IsOpen && ViewAsId is null ? PersonId : throw new AccessDeniedException(action);
}

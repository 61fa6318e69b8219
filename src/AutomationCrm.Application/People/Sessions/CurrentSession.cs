using AutomationCrm.Application.Common.Errors;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>
/// The browser session of this scope: who really signed in, also while he looks through a demo person's eyes. The caller of commands is
/// then the demo person (his rights, his name in histories); only the session remembers the administrator.
/// </summary>
public sealed class CurrentSession
{
    private byte[] tokenHash = [];

    public bool IsOpen => tokenHash.Length > 0;

    public long PersonId { get; private set; }

    public long? ViewAsId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    internal byte[] TokenHash => tokenHash;

    public void Begin(SessionView session) =>
        (tokenHash, PersonId, ViewAsId, CreatedAt) = (session.TokenHash, session.SignedIn.Id, session.ViewAs?.Id, session.CreatedAt);

    /// <summary>The id of the person who signed in; refuses scopes without a session.</summary>
    internal long Require(string action) => IsOpen ? PersonId : throw new AccessDeniedException(action);

    /// <summary>As <see cref="Require"/>, and refuses while he looks as somebody else: accounts and secrets belong to oneself.</summary>
    internal long RequireSelf(string action) => IsOpen && ViewAsId is null ? PersonId : throw new AccessDeniedException(action);
}

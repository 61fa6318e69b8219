using AutomationCrm.Application.Common.Messaging;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>Ends the session of this scope; without one there is nothing to do.</summary>
public sealed record SignOut : IRequest<Unit>;

internal sealed class SignOutHandler(CurrentSession session, SessionBook sessions) : IRequestHandler<SignOut, Unit>
{
    public async Task<Unit> Handle(SignOut request, CancellationToken cancellationToken)
    {
        if (session.IsOpen) await sessions.CloseAsync(session.TokenHash, cancellationToken);
        return Unit.Value;
    }
}

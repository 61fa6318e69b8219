using System.Security.Cryptography;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Makes the secret for one's authenticator app. Nothing changes until <see cref="ConfirmSecondFactor"/>.</summary>
public sealed record BeginSecondFactor : IRequest<NewSecondFactor>;

/// <summary>Shown once.</summary>
public sealed record NewSecondFactor(string Secret, string Uri);

internal sealed class BeginSecondFactorHandler(CrmDbContext db, CurrentSession session, ISecretBox box, TimeProvider clock) : IRequestHandler<BeginSecondFactor, NewSecondFactor>
{
    public async Task<NewSecondFactor> Handle(BeginSecondFactor request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("set up a second factor");
        session.RequireProof(clock.GetUtcNow());
        if (await db.SecondFactors.AnyAsync(f => f.PersonId == personId && f.ConfirmedAt != null, cancellationToken)) throw new RuleBrokenException("factor.there", "There is a second factor already; remove it first.");

        var login = await db.People.Where(p => p.Id == personId).Select(p => p.Login).SingleAsync(cancellationToken);
        var bytes = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        await db.SecondFactors.Where(f => f.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        db.SecondFactors.Add(new() { PersonId = personId, Secret = box.Close(SecondFactorGate.Purpose, Convert.ToBase64String(bytes)), CreatedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        var secret = Base32.Encode(bytes);
        return new(secret, Totp.UriOf(secret, login ?? ""));
    }
}

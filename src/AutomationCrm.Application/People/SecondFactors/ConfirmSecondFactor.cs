using System.Security.Cryptography;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Switches the second factor on with a first code and answers the recovery codes, shown once.</summary>
public sealed record ConfirmSecondFactor(string Code) : IRequest<IReadOnlyList<string>>;

internal sealed class ConfirmSecondFactorValidator : AbstractValidator<ConfirmSecondFactor>
{
    public ConfirmSecondFactorValidator() => RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
}

internal sealed class ConfirmSecondFactorHandler(CrmDbContext db, CurrentSession session, SecondFactorGate gate, TimeProvider clock) : IRequestHandler<ConfirmSecondFactor, IReadOnlyList<string>>
{
    private const int Codes = 10;

    /// <summary>80 random bits are 16 characters.</summary>
    private const int CodeBytes = 10;

    public async Task<IReadOnlyList<string>> Handle(ConfirmSecondFactor request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("set up a second factor");
        if (await gate.IsOnAsync(personId, cancellationToken)) throw new RuleBrokenException("factor.there", "There is a second factor already; remove it first.");
        if (!await gate.OpensAsync(personId, request.Code, cancellationToken)) throw new RuleBrokenException("factor.code", "This code is wrong, was used before, or there were too many attempts.", nameof(request.Code));

        var codes = Enumerable.Range(0, Codes).Select(_ => Base32.Encode(RandomNumberGenerator.GetBytes(CodeBytes))).ToList();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { PersonId = personId, CodeHash = Secret.HashOf(code) }));
        await db.SaveChangesAsync(cancellationToken);
        await db.SecondFactors.Where(f => f.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(f => f.ConfirmedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }
}

using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Accounts;

/// <summary>One's own account, for its page.</summary>
public sealed record GetAccount : IRequest<Account>;

public sealed record Account(long Id, string? Login, string Name, string LastName, string Email, string Language, string TimeZone, string Theme, bool HasPassword);

internal sealed class GetAccountHandler(CrmDbContext db, CurrentSession session) : IRequestHandler<GetAccount, Account>
{
    public Task<Account> Handle(GetAccount request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("see the account");
        return db.People.Where(p => p.Id == personId)
            .Select(p => new Account(p.Id, p.Login, p.Name, p.LastName, p.Email, p.Language, p.TimeZone, p.Theme, p.PasswordHash != null))
            .SingleAsync(cancellationToken);
    }
}

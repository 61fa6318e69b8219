using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Demo;

/// <summary>Adds the demo company: departments with heads, people without passwords, robots on the stages. Answers false in a portal that has items or people beside its administrator.</summary>
/// <param name="SinkUrl">Where the demo's webhooks go: the app's own demo sink.</param>
public sealed record LoadDemoPeople(long AdministratorId, string SinkUrl) : IRequest<bool>;

internal sealed class LoadDemoPeopleHandler(CrmDbContext db, TimeProvider clock) : IRequestHandler<LoadDemoPeople, bool>
{
    public async Task<bool> Handle(LoadDemoPeople request, CancellationToken cancellationToken)
    {
        if (await db.People.AnyAsync(p => p.Id != request.AdministratorId, cancellationToken) || await db.Events.AnyAsync(cancellationToken)) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var people = await AddPeopleAsync(cancellationToken);
        foreach (var (stage, config) in DemoRobots.Build(people, request.SinkUrl))
        {
            db.ConfigVersions.Add(new()
            {
                Kind = StageAutomation.ConfigKind,
                Key = StageAutomation.KeyOf(ItemTypeIds.Deal, stage),
                Number = 1,
                State = ConfigVersion.Published,
                Content = JsonSerializer.Serialize(config, StageAutomation.Json),
                AuthorId = request.AdministratorId,
                At = clock.GetUtcNow(),
                Comment = "Demo",
            });
        }

        await db.SaveConfigurationAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<IReadOnlyDictionary<string, long>> AddPeopleAsync(CancellationToken ct)
    {
        var company = new Department { Name = "Company" };
        db.Departments.Add(company);
        await db.SaveChangesAsync(ct);
        var sales = new Department { Name = "Sales", ParentId = company.Id, Sort = 10 };
        var legal = new Department { Name = "Legal", ParentId = company.Id, Sort = 20 };
        var finance = new Department { Name = "Finance", ParentId = company.Id, Sort = 30 };
        db.Departments.AddRange(sales, legal, finance);
        await db.SaveChangesAsync(ct);

        var director = Add("Helena", "Brandt", "Managing director", company);
        var head = Add("Marek", "Dvorak", "Head of sales", sales);
        var lawyer = Add("Ingrid", "Solberg", "Lawyer", legal);
        var accountant = Add("Tomas", "Ferreira", "Accountant", finance);
        Person[] sellers = [Add("Nadia", "Petrova", "Sales manager", sales), Add("Leon", "Fischer", "Sales manager", sales), Add("Aisha", "Rahman", "Sales manager", sales), Add("Pierre", "Lambert", "Sales manager", sales)];
        await db.SaveChangesAsync(ct);
        (company.HeadId, sales.HeadId, legal.HeadId, finance.HeadId) = (director.Id, head.Id, lawyer.Id, accountant.Id);
        await db.SaveChangesAsync(ct);
        return new Dictionary<string, long> { ["lawyer"] = lawyer.Id, ["head"] = head.Id, ["accountant"] = accountant.Id, ["seller"] = sellers[0].Id };
    }

    private Person Add(string name, string lastName, string position, Department department)
    {
        var person = new Person
        {
            Name = name,
            LastName = lastName,
            Position = position,
            Email = $"{name}.{lastName}@demo.example".ToLowerInvariant(),
            DepartmentId = department.Id,
            IsDemo = true,
            CreatedAt = clock.GetUtcNow().AddDays(-120),
        };
        db.People.Add(person);
        return person;
    }
}

using System.Globalization;
using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>
/// Sales agents and their managers become people who cannot sign in: a department per regional office, in it a team per manager, who is
/// its head. Somebody of the same name who is there already is taken as he is.
/// </summary>
internal sealed class TeamsStep(ImportContext context) : ImportStep(SalesParts.Teams)
{
    private const int MostName = 100;

    private NameLookup<long> people = new();
    private Dictionary<(long? Parent, string Name), long> departments = [];
    private Dictionary<string, long> offices = [];
    private long? company;

    /// <summary>People by their full name; the one with the lowest number counts.</summary>
    public static NameLookup<long> PeopleOf(PortalSnapshot portal)
    {
        var known = new NameLookup<long>();
        foreach (var person in portal.People.Values.Where(p => p.IsActive).OrderBy(p => p.Id)) known.Add(person.FullName, person.Id);
        return known;
    }

    public override async Task PrepareAsync(CancellationToken ct)
    {
        var portal = await context.PortalAsync(ct);
        people = PeopleOf(portal);
        departments = [];
        foreach (var department in portal.Departments.Values.OrderBy(d => d.Id)) departments.TryAdd((department.ParentId, department.Name), department.Id);
        company = CompanyOf([.. portal.Departments.Values]);
        offices = portal.Departments.Values.Where(d => d.ParentId is null || d.ParentId == company).OrderBy(d => d.Id).DistinctBy(d => d.Name).ToDictionary(d => d.Name, d => d.Id, StringComparer.Ordinal);
    }

    public override async Task MapAsync(IReadOnlyList<ImportRow> rows, ImportChunk chunk, CancellationToken ct)
    {
        // At most a seller, a manager, an office and a team for each row; unused numbers are gaps.
        var personIds = new Queue<long>(await context.Store.NextIdsAsync(ImportIds.Person, rows.Count * 2, ct));
        var departmentIds = new Queue<long>(await context.Store.NextIdsAsync(ImportIds.Department, rows.Count * 2, ct));
        foreach (var row in rows)
        {
            var (seller, manager, office) = (Name(row, SalesParts.Seller), Name(row, SalesParts.Manager), Name(row, SalesParts.Office));
            if (seller.Length == 0)
            {
                row.Report(SalesParts.Seller, "", ProblemCodes.KeyMissing, RowNotes.SellerUnnamed);
                continue;
            }

            var team = Team(row, office, manager, chunk, personIds, departmentIds);
            if (people.Find(seller) is { } known)
                row.Report(SalesParts.Seller, seller, ProblemCodes.RowExists, RowNotes.ThereAsPerson, known.Value.ToString(CultureInfo.InvariantCulture));
            else Add(seller, "Sales agent", team, chunk, personIds);
        }
    }

    private long? Team(ImportRow row, string office, string manager, ImportChunk chunk, Queue<long> personIds, Queue<long> departmentIds)
    {
        if (office.Length == 0) row.Report(SalesParts.Office, "", ProblemCodes.Empty, RowNotes.NoOffice);
        if (manager.Length == 0) row.Report(SalesParts.Manager, "", ProblemCodes.Empty, RowNotes.NoManager);
        var place = office.Length == 0 ? company : Office(office, chunk, departmentIds);
        if (manager.Length == 0) return place;

        var isNew = people.Find(manager) is null;
        var head = people.Find(manager)?.Value ?? Add(manager, "Sales manager", place, chunk, personIds);
        var team = Department(office.Length == 0 ? manager : TeamPrefix(office) + manager, place, head, chunk, departmentIds);
        if (isNew && chunk.People.Find(p => p.Id == head) is { } added) added.DepartmentId = team;
        return team;
    }

    /// <summary>The top of the company, below which new offices come: it has departments that are not teams of an office.</summary>
    private static long? CompanyOf(List<Department> all) =>
        all.Where(d => d.ParentId is null).OrderBy(d => d.Sort).ThenBy(d => d.Id)
            .FirstOrDefault(top => all.Exists(below => below.ParentId == top.Id && !below.Name.StartsWith(TeamPrefix(top.Name), StringComparison.Ordinal)))?.Id;

    private static string TeamPrefix(string office) => $"{office}: ";

    private long Office(string name, ImportChunk chunk, Queue<long> ids)
    {
        if (!offices.TryGetValue(name, out var id)) offices[name] = id = Department(name, company, headId: null, chunk, ids);
        return id;
    }

    private long Department(string name, long? parent, long? headId, ImportChunk chunk, Queue<long> ids)
    {
        if (departments.TryGetValue((parent, name), out var known)) return known;

        var department = new Department { Id = ids.Dequeue(), Name = name, ParentId = parent, HeadId = headId, Sort = 100 };
        chunk.Departments.Add(department);
        departments[(parent, name)] = department.Id;
        return department.Id;
    }

    private long Add(string fullName, string position, long? department, ImportChunk chunk, Queue<long> ids)
    {
        var (name, lastName) = fullName.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 ? (fullName[..at], fullName[(at + 1)..].TrimStart()) : ("", fullName);
        // Without a login and a password nobody can sign in as him.
        var person = new Person { Id = ids.Dequeue(), Name = name, LastName = lastName, Position = position, DepartmentId = department, CreatedAt = chunk.Now };
        chunk.People.Add(person);
        people.Add(fullName, person.Id);
        return person.Id;
    }

    private static string Name(ImportRow row, string header)
    {
        row.ReportFormula(header, row[header]);
        return CellReader.Fit(row, header, row[header], MostName);
    }
}

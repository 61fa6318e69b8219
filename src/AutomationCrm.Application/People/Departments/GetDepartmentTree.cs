using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Departments;

/// <summary>The company tree, parents before children.</summary>
public sealed record GetDepartmentTree : IRequest<IReadOnlyList<DepartmentNode>>;

public sealed record DepartmentNode(long Id, string Name, int Depth, long? ParentId, long? HeadId, string Head, int People, int Sort);

internal sealed class GetDepartmentTreeHandler(CrmDbContext db) : IRequestHandler<GetDepartmentTree, IReadOnlyList<DepartmentNode>>
{
    public async Task<IReadOnlyList<DepartmentNode>> Handle(GetDepartmentTree request, CancellationToken cancellationToken)
    {
        var departments = await db.Departments.AsNoTracking().ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().ToListAsync(cancellationToken);
        var names = people.ToDictionary(p => p.Id, p => p.FullName);
        var counts = people.Where(p => p is { IsActive: true, DepartmentId: not null }).CountBy(p => p.DepartmentId!.Value).ToDictionary();
        return [.. new DepartmentTree(departments).Ordered().Select(node => new DepartmentNode(
            node.Department.Id,
            node.Department.Name,
            node.Depth,
            node.Department.ParentId,
            node.Department.HeadId,
            node.Department.HeadId is { } head ? names.GetValueOrDefault(head, "") : "",
            counts.GetValueOrDefault(node.Department.Id),
            node.Department.Sort))];
    }
}

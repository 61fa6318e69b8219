using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.People.Departments;

/// <summary>The company tree over a list of departments.</summary>
internal sealed class DepartmentTree(IReadOnlyCollection<Department> departments)
{
    /// <summary>Whether the department would become its own ancestor.</summary>
    public bool WouldCycle(long departmentId, long? newParentId)
    {
        var above = new HashSet<long>();
        for (var id = newParentId; id is { } at && above.Add(at); id = departments.FirstOrDefault(d => d.Id == at)?.ParentId)
            if (at == departmentId) return true;
        return false;
    }

    /// <summary>Parents before children, brothers by sort and name, with the depth of each. A department whose parent is missing is a root.</summary>
    public IEnumerable<(Department Department, int Depth)> Ordered()
    {
        var ids = departments.Select(d => d.Id).ToHashSet();
        var children = departments.ToLookup(d => d.ParentId is { } parent && ids.Contains(parent) ? parent : 0);
        var open = new Stack<(Department, int)>(Sorted(children[0]).Select(d => (d, 0)));
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in Sorted(children[next.Item1.Id])) open.Push((child, next.Item2 + 1));
        }

        static IEnumerable<Department> Sorted(IEnumerable<Department> brothers) => brothers.OrderByDescending(d => d.Sort).ThenByDescending(d => d.Name, StringComparer.Ordinal);
    }
}

namespace AutomationCrm.Domain.People;

/// <summary>A node of the company tree; its head supervises the people in it and in the departments below.</summary>
public sealed class Department
{
    public long Id { get; init; }

    public string Name { get; set; } = "";

    public long? ParentId { get; set; }

    public long? HeadId { get; set; }

    public int Sort { get; set; }
}

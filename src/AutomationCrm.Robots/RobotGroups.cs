namespace AutomationCrm.Robots;

/// <summary>The groups of the catalogue.</summary>
internal static class RobotGroups
{
    public const string Client = "client";
    public const string Employee = "employee";
    public const string Items = "items";
    public const string Paperwork = "paperwork";
    public const string Data = "data";
    public const string Other = "other";
}

using AutomationCrm.Application.Crm.Tasks;

namespace AutomationCrm.Web.Pages.Tasks;

/// <summary>Kinds of tasks as icons.</summary>
internal static class TaskIcons
{
    /// <summary>The key of its word.</summary>
    public static string Word(TaskKind kind)
    {
        var name = kind.ToString().ToLowerInvariant();
        return $"task.kind.{name}";
    }

    public static string Of(TaskKind kind) => kind switch
    {
        TaskKind.Call => "phone",
        TaskKind.Meeting => "users",
        TaskKind.ToDo => "list-check",
        _ => "checkbox",
    };
}

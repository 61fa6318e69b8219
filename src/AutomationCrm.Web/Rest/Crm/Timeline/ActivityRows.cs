using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Crm.Timeline;

/// <summary>Tasks, to-dos, calls and meetings as rows of crm.activity.*.</summary>
internal static class ActivityRows
{
    public const string Id = "ID";

    public static RestFieldSet Fields { get; } = new(
    [
        new RestField(Id, Id, RestFieldKind.Whole, "integer") { ReadOnly = true },
        new RestField("OWNER_ID", "OWNER_ID", RestFieldKind.Whole, "integer") { Required = true, Immutable = true },
        new RestField("OWNER_TYPE_ID", "OWNER_TYPE_ID", RestFieldKind.Whole, "integer") { Required = true, Immutable = true },
        new RestField("TYPE_ID", "TYPE_ID", RestFieldKind.Whole, "crm_enum_activitytype") { Required = true, Immutable = true, Filterable = false, Sortable = false },
        new RestField("PROVIDER_ID", "PROVIDER_ID", RestFieldKind.Text, "string") { Immutable = true, Filterable = false, Sortable = false },
        new RestField("SUBJECT", "SUBJECT", RestFieldKind.Text, "string") { Required = true },
        new RestField("CREATED", "CREATED", RestFieldKind.Instant, "datetime") { ReadOnly = true },
        new RestField("DEADLINE", "DEADLINE", RestFieldKind.Instant, "datetime") { Filterable = false, Sortable = false },
        new RestField("COMPLETED", "COMPLETED", RestFieldKind.Flag, "char"),
        new RestField("STATUS", "STATUS", RestFieldKind.Whole, "crm_enum_activitystatus") { ReadOnly = true, Filterable = false, Sortable = false },
        new RestField("RESPONSIBLE_ID", "RESPONSIBLE_ID", RestFieldKind.User, "user") { Required = true },
        new RestField("AUTHOR_ID", "AUTHOR_ID", RestFieldKind.User, "user") { ReadOnly = true },
        new RestField("DESCRIPTION", "DESCRIPTION", RestFieldKind.Text, "string") { Filterable = false, Sortable = false },
        new RestField("DESCRIPTION_TYPE", "DESCRIPTION_TYPE", RestFieldKind.Whole, "crm_enum_contenttype") { ReadOnly = true, Filterable = false, Sortable = false },
    ],
    RestDialect.Classic);

    /// <summary>The kind of a TYPE_ID with its provider; null for those that the product does not keep here, such as mails.</summary>
    public static TaskKind? KindOf(long typeId, string? provider) => (typeId, provider) switch
    {
        (1, _) => TaskKind.Meeting,
        (2, _) => TaskKind.Call,
        (3, _) => TaskKind.Task,
        (6, null or "" or "CRM_TODO") => TaskKind.ToDo,
        _ => null,
    };

    public static RestMap Write(TaskItem task, IEnumerable<IRestField> selected, RestFormat format) =>
        new ValueWriter(RestDialect.Classic, format).Row(Fields, selected, f => Read(task, f.Code));

    private static Value Read(TaskItem task, string code) => code switch
    {
        Id => Value.Of((decimal)task.Id),
        "OWNER_ID" => Value.Of((decimal)(task.ItemId ?? 0)),
        "OWNER_TYPE_ID" => Value.Of((decimal)(task.TypeId ?? 0)),
        "TYPE_ID" => Value.Of((decimal)(task.Kind switch { TaskKind.Meeting => 1, TaskKind.Call => 2, TaskKind.Task => 3, _ => 6 })),
        "PROVIDER_ID" => Value.Of(task.Kind switch { TaskKind.Meeting => "CRM_MEETING", TaskKind.Call => "VOXIMPLANT_CALL", TaskKind.Task => "CRM_TASKS_TASK", _ => "CRM_TODO" }),
        "SUBJECT" => Value.Of(task.Title),
        "CREATED" => Value.Of(task.CreatedAt),
        "DEADLINE" => task.Deadline is { } at ? Value.Of(at) : Value.Null,
        "COMPLETED" => Value.Of(task.State != TaskState.Open),
        "STATUS" => Value.Of(task.State == TaskState.Open ? 1m : 2m),
        "RESPONSIBLE_ID" => new UserValue(task.ResponsibleId),
        "AUTHOR_ID" => new UserValue(task.CreatorId),
        "DESCRIPTION" => Value.Of(task.Description),
        _ => Value.Of(1m),
    };
}

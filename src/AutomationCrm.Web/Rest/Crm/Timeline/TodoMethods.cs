using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Automation;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Timeline;

/// <summary>crm.activity.todo.*: to-dos of items (reference bitrix-rest 2.10).</summary>
internal static class TodoMethods
{
    private static readonly RestShape Answer = RestShape.Object(new RestParameter("id", RestShape.Id));
    private static readonly RestParameter Id = Need("id", RestShape.Id);
    private static readonly RestParameter[] Owner = [Need("ownerTypeId", RestShape.Id.Like(2)), Need("ownerId", RestShape.Id)];
    private static readonly RestParameter[] Texts = [May("title", RestShape.Text), May("description", RestShape.Text), May("responsibleId", RestShape.Id)];

    public static IEnumerable<RestMethod> All =>
    [
        Method("add", [.. Owner, Need("deadline", RestShape.Instant), .. Texts], AddAsync, "Adds a to-do to an item and answers its id."),
        Method("update", [Id, .. Owner, May("deadline", RestShape.Instant), .. Texts], UpdateAsync, "Changes a to-do; what is not given stays."),
        Method("updateDeadline", [Id, .. Owner, Need("value", RestShape.Instant)], (call, ct) => ChangeAsync(call, t => (t.Title, t.Description, t.ResponsibleId, Moment(call, "value")), ct), "Gives a to-do another deadline."),
        Method("updateDescription", [Id, .. Owner, May("value", RestShape.Text)], (call, ct) => ChangeAsync(call, t => (t.Title, call.Arguments.Text("value") ?? "", t.ResponsibleId, t.Deadline), ct), "Describes a to-do anew."),
        Method("updateResponsibleUser", [Id, .. Owner, Need("value", RestShape.Id)], (call, ct) => ChangeAsync(call, t => (t.Title, t.Description, call.Arguments.Id("value"), t.Deadline), ct), "Gives a to-do to somebody else."),
    ];

    private static RestMethod Method(string verb, IReadOnlyList<RestParameter> parameters, RestHandler handler, string about) =>
        new($"crm.activity.todo.{verb}", "crm", RestRight.Member, RestStyle.Controller, parameters, Answer, handler) { About = about };

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var (title, description) = (arguments.Text("title") ?? "", arguments.Text("description") ?? "");
        var task = new AddTask(title.Length > 0 ? title : Heading(description))
        {
            Kind = TaskKind.ToDo,
            Description = description,
            ResponsibleId = arguments.Whole("responsibleId"),
            Deadline = Moment(call, "deadline"),
            Item = RequireOwner(call),
        };
        try
        {
            return Written(await call.Get<ISender>().Send(task, ct));
        }
        catch (NotFoundException)
        {
            throw NoOwner();
        }
    }

    private static Task<RestResult> UpdateAsync(RestCall call, CancellationToken ct) => ChangeAsync(call, t => (
        call.Arguments.Text("title") ?? t.Title,
        call.Arguments.Text("description") ?? t.Description,
        call.Arguments.Whole("responsibleId") ?? t.ResponsibleId,
        call.Arguments.Has("deadline") ? Moment(call, "deadline") : t.Deadline), ct);

    private static async Task<RestResult> ChangeAsync(RestCall call, Func<TaskItem, (string Title, string Description, long ResponsibleId, DateTimeOffset? Deadline)> change, CancellationToken ct)
    {
        var (sender, owner) = (call.Get<ISender>(), RequireOwner(call));
        var task = (await sender.Send(new GetTask(call.Arguments.Id("id")), ct)).Task;
        if (task.Kind != TaskKind.ToDo || task.TypeId != owner.TypeId || task.ItemId != owner.Id) throw new RestException(RestErrors.NotFound(call.Method, "Activity not found"));
        if (task.State != TaskState.Open) throw Refused("CAN_NOT_UPDATE_COMPLETED_TODO", "The to-do is completed.", "id");

        var (title, description, responsible, deadline) = change(task);
        await sender.Send(new UpdateTask(task.Id, title, description, responsible, deadline), ct);
        return Written(task.Id);
    }

    private static ItemRef RequireOwner(RestCall call) => OwnerArgument.ById(call, call.Arguments.Find("ownerTypeId"), call.Arguments.Find("ownerId")) ?? throw NoOwner();

    private static DateTimeOffset? Moment(RestCall call, string name) =>
        RestTimes.Read(call.Arguments.Find(name), call.Format) ?? throw Refused("WRONG_DATETIME_FORMAT", $"Parameter '{name}' must be a moment such as 2026-03-31T09:00:00+00:00.", name);

    // Its first line, as the card shows a to-do without a title of its own.
    private static string Heading(string description)
    {
        var line = description.AsSpan().Trim();
        if (line.IndexOfAny('\r', '\n') is > 0 and var end) line = line[..end];
        return line.IsEmpty ? "To-do" : line.Length > 100 ? $"{line[..99]}…" : line.ToString();
    }

    private static RestResult Written(long id) => RestValue.Map(("id", id));

    private static RestException NoOwner() => Refused("OWNER_NOT_FOUND", "Element not found", "ownerId");

    private static RestException Refused(string code, string text, string argument) => new(new RestError(400, code, text, argument));
}

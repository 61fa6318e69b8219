using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Automation;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Crm.Items;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Timeline;

/// <summary>crm.activity.*: tasks, to-dos, calls and meetings of items (reference bitrix-rest 2.10).</summary>
internal static class ActivityMethods
{
    private static readonly RestParameter Id = Need("id", RestShape.Id);

    private static readonly RestShape Example = RestShape.Map.Like(RestValue.Map(("OWNER_TYPE_ID", 2), ("OWNER_ID", 5), ("TYPE_ID", 2), ("SUBJECT", "Call back"), ("RESPONSIBLE_ID", 1)));

    public static IEnumerable<RestMethod> All =>
    [
        new("crm.activity.fields", "crm", RestRight.Member, RestStyle.Classic, [], RestShape.Map, (_, _) => Task.FromResult(RestResult.Of(FieldDescriptions.Write(ActivityRows.Fields)))) { ReadOnly = true, About = "The fields of an activity." },
        new("crm.activity.list", "crm", RestRight.Member, RestStyle.Classic, ListParameters.All, RestShape.ListOf(RestShape.Map), ListAsync)
            { ReadOnly = true, Paged = true, About = "Tasks, to-dos, calls and meetings; of an item when the filter names OWNER_TYPE_ID and OWNER_ID, otherwise one's own, for administrators all." },
        new("crm.activity.get", "crm", RestRight.Member, RestStyle.Classic, [Id], RestShape.Map, GetAsync) { ReadOnly = true, About = "One activity." },
        new("crm.activity.add", "crm", RestRight.Member, RestStyle.Classic, [Need("fields", Example, "TYPE_ID 1 meeting, 2 call, 3 task, 6 to-do; DEADLINE, or else END_TIME or START_TIME.")], RestShape.Id, AddAsync) { About = "Adds an activity to an item and answers its id." },
        new("crm.activity.update", "crm", RestRight.Member, RestStyle.Classic, [Id, Need("fields", Example)], RestShape.Flag.Like(true), UpdateAsync) { About = "Changes an activity; COMPLETED Y closes it, N opens it again." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var (arguments, page, filter) = (call.Arguments, call.Arguments.Page(), call.Arguments.Map("filter"));
        var owner = OwnerArgument.ById(call, Entry(filter, "OWNER_TYPE_ID") ?? Entry(filter, "=OWNER_TYPE_ID"), Entry(filter, "OWNER_ID") ?? Entry(filter, "=OWNER_ID"));
        var found = await call.Get<ISender>().Send(new ListActivities(owner)
        {
            Filter = FilterNodes.Of(new FilterParser(ActivityRows.Fields, new RestValueReader(call.Format)).Parse(filter)),
            Order = [.. OrderParser.Parse(arguments.Find("order"), ActivityRows.Fields, ActivityRows.Id).Select(o => new ItemOrder(o.Field, o.Descending))],
            Offset = page.Offset,
        }, ct);
        var selected = SelectParser.Parse(arguments.Find("select"), ActivityRows.Fields, ActivityRows.Id).Fields;
        return RestResult.PageOf(RestValue.List(found.Activities.Select(t => (RestValue)ActivityRows.Write(t, selected, call.Format))), page, (int)found.Total);
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct) => ActivityRows.Write(await FindAsync(call, ct), ActivityRows.Fields.Fields, call.Format);

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        var fields = call.Arguments.Map("fields");
        if (OwnerArgument.ById(call, Entry(fields, "OWNER_TYPE_ID"), Entry(fields, "OWNER_ID")) is not { } owner) throw Refused("The fields \"OWNER_TYPE_ID\" and \"OWNER_ID\" must name an item.", "OWNER_ID");
        if (!RestArguments.TryWhole(Entry(fields, "TYPE_ID"), out var type) || ActivityRows.KindOf(type, Entry(fields, "PROVIDER_ID")?.Text) is not { } kind)
            throw Refused("The field \"TYPE_ID\" takes 1 (meeting), 2 (call), 3 (task) or 6 (to-do).", "TYPE_ID");
        try
        {
            return RestValue.Of(await call.Get<ISender>().Send(new AddTask(Entry(fields, "SUBJECT")?.Text ?? "")
            {
                Kind = kind,
                Description = Entry(fields, "DESCRIPTION")?.Text ?? "",
                ResponsibleId = Person(fields),
                Deadline = Deadline(call, fields),
                Item = owner,
            }, ct));
        }
        catch (NotFoundException)
        {
            throw Refused("Owner is not found.", "OWNER_ID");
        }
    }

    private static async Task<RestResult> UpdateAsync(RestCall call, CancellationToken ct)
    {
        var (sender, fields, task, caller) = (call.Get<ISender>(), call.Arguments.Map("fields"), await FindAsync(call, ct), call.Get<Caller>());
        var id = caller.CommandId;
        if (Entry(fields, "COMPLETED") is { } completed)
        {
            if (!RestArguments.TryFlag(completed, out var done)) throw Refused("The field \"COMPLETED\" takes Y or N.", "COMPLETED");
            // Two commands need two ids.
            caller.CommandId = id is { } given ? CommandIds.Derive(given, "completed") : null;
            if (done) await sender.Send(new CloseTask(task.Id), ct);
            else await sender.Send(new ReopenTask(task.Id), ct);
            caller.CommandId = id;
        }

        await sender.Send(new UpdateTask(task.Id, Entry(fields, "SUBJECT")?.Text ?? task.Title, Entry(fields, "DESCRIPTION")?.Text ?? task.Description, Person(fields) ?? task.ResponsibleId, Deadline(call, fields) ?? task.Deadline), ct);
        return RestValue.True;
    }

    private static async Task<TaskItem> FindAsync(RestCall call, CancellationToken ct) =>
        (await call.Get<ISender>().Send(new GetTask(call.Arguments.Id("id")), ct)).Task is { ItemId: not null } task ? task : throw new RestException(RestErrors.NotFound(call.Method));

    private static long? Person(RestValue fields) =>
        Entry(fields, "RESPONSIBLE_ID") is not { IsEmpty: false } value ? null
        : RestArguments.TryWhole(value, out var id) && id > 0 ? id
        : throw Refused("The field \"RESPONSIBLE_ID\" takes the id of a person.", "RESPONSIBLE_ID");

    private static DateTimeOffset? Deadline(RestCall call, RestValue fields)
    {
        foreach (var name in (string[])["DEADLINE", "END_TIME", "START_TIME"])
        {
            if (Entry(fields, name) is { IsEmpty: false } value) return RestTimes.Read(value, call.Format) ?? throw Refused($"The field \"{name}\" takes a moment such as 2026-03-31T09:00:00+00:00.", name);
        }

        return null;
    }

    private static RestValue? Entry(RestValue map, string name) => map.Entries.FirstOrDefault(e => e.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static RestException Refused(string text, string argument) => new(new RestError(400, "", text, argument));
}

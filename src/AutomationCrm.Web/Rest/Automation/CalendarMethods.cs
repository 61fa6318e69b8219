using System.Text.Json;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.calendar.*: the business calendar, for administrators.</summary>
internal static class CalendarMethods
{
    private static readonly RestShape Day = RestShape.Object(Need("start", RestShape.Text.Like("09:00")), Need("end", RestShape.Text.Like("18:00")));

    private static readonly RestParameter[] Content =
    [
        Need("timeZone", RestShape.Text.Like("Europe/Berlin")),
        May("language", RestShape.Text.Like("en"), "en or ru: how automation writes numbers and dates."),
        Need("week", RestShape.MapOf(Day).Like(RestValue.Map(("monday", RestValue.Map(("start", "09:00"), ("end", "18:00"))))), "By day, monday to sunday; a day without hours is off."),
        May("yearlyHolidays", RestShape.ListOf(RestShape.Text.Like("12-25"))),
        May("daysOff", RestShape.ListOf(RestShape.Text.Like("2026-04-03"))),
        May("workingDays", RestShape.ListOf(RestShape.Text.Like("2026-04-04")), "Days that are worked against the rule."),
    ];

    private static readonly RestShape View = RestShape.Object([new("version", RestShape.Whole, About: "0 while it is the one the product came with."), .. Content]);

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.calendar.get", "automation", RestRight.Administrator, RestStyle.Own, [], View, GetAsync) { ReadOnly = true, About = "The business calendar." },
        new("automation.calendar.set", "automation", RestRight.Administrator, RestStyle.Own, [.. Content, May("basedOn", RestShape.Whole.Like(0), "The version this one was made from; a newer one is a conflict.")], View, SetAsync)
            { About = "Publishes the business calendar as a new version and answers it." },
    ];

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var view = await call.Get<ISender>().Send(new GetCalendar(), ct);
        var content = RestJson.Of(JsonSerializer.Serialize(view.Config, CalendarConfig.Json));
        return RestValue.Map([("version", (RestValue)view.Version), .. content.Entries.Select(e => (e.Key, e.Value))]);
    }

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var config = new CalendarConfig
        {
            TimeZone = arguments.Text("timeZone") ?? "",
            Language = arguments.Text("language") ?? "en",
            Week = arguments.Map("week").Entries.ToDictionary(e => e.Key, e => new WorkDay(e.Value.Find("start")?.Text ?? "", e.Value.Find("end")?.Text ?? "")),
            YearlyHolidays = Texts(call, "yearlyHolidays"),
            DaysOff = Texts(call, "daysOff"),
            WorkingDays = Texts(call, "workingDays"),
        };
        var basedOn = arguments.Whole("basedOn") is { } seen ? (int)Math.Clamp(seen, -1, int.MaxValue) : (int?)null;
        await call.Get<ISender>().Send(new SaveCalendar(config, basedOn), ct);
        return await GetAsync(call, ct);
    }

    private static List<string> Texts(RestCall call, string name) => [.. call.Arguments.List(name).Select(v => v.Text ?? "")];
}

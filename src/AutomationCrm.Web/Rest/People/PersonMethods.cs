using System.Globalization;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.People;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.People;

/// <summary>Who the webhook acts as.</summary>
internal static class PersonMethods
{
    public static IEnumerable<RestMethod> All =>
    [
        new("profile", Scope: null, RestRight.Member, RestStyle.Classic, [],
            RestShape.Object(new("ID", RestShape.Text.Like("1")), new("ADMIN", RestShape.Flag), new("NAME", RestShape.Text), new("LAST_NAME", RestShape.Text), new("PERSONAL_GENDER", RestShape.Text.Like("")), new("TIME_ZONE", RestShape.Text)),
            (call, ct) => AnswerAsync(call, Profile, ct)) { ReadOnly = true, About = "The owner of the webhook in short." },
        new("user.current", "user", RestRight.Member, RestStyle.Classic, [],
            RestShape.Map.Like(RestValue.Map(("ID", "1"), ("ACTIVE", true), ("NAME", "Ada"), ("LAST_NAME", "Admin"))),
            (call, ct) => AnswerAsync(call, Current, ct)) { ReadOnly = true, About = "The owner of the webhook." },
    ];

    private static async Task<RestResult> AnswerAsync(RestCall call, Func<RestCall, Person, RestMap> write, CancellationToken ct)
    {
        var portal = await call.Get<IPortal>().FreshAsync(ct);
        return portal.People.TryGetValue(call.Caller.UserId, out var person) ? write(call, person) : throw new RestException(RestErrors.NotFound(call.Method));
    }

    private static RestMap Profile(RestCall call, Person person) => RestValue.Map(
        ("ID", Text(person.Id)), ("ADMIN", call.Caller.IsAdministrator), ("NAME", person.Name), ("LAST_NAME", person.LastName), ("PERSONAL_GENDER", ""), ("TIME_ZONE", person.TimeZone));

    private static RestMap Current(RestCall call, Person person) => RestValue.Map(
        ("ID", Text(person.Id)),
        ("ACTIVE", person.IsActive),
        ("NAME", person.Name),
        ("LAST_NAME", person.LastName),
        ("SECOND_NAME", ""),
        ("EMAIL", person.Email),
        ("DATE_REGISTER", call.Format.Instant(person.CreatedAt)),
        ("TIME_ZONE", person.TimeZone),
        ("IS_ONLINE", "N"),
        ("PERSONAL_GENDER", ""),
        ("WORK_POSITION", person.Position),
        ("UF_DEPARTMENT", RestValue.List(person.DepartmentId is { } department ? [RestValue.Of(department)] : [])),
        ("USER_TYPE", "employee"));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text;
using AutomationCrm.Application.Setup;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests;

/// <summary>Bad input at the doors, one table: a clear answer that names field and reason, and a database that is the same afterwards, row by row.</summary>
/// <remarks>Hostile CSV files have their table in the importer's tests, hostile addresses in those of the outbound door.</remarks>
public sealed class BadInputTests(BadInputTests.Portal portal) : IClassFixture<BadInputTests.Portal>
{
    private static readonly string Long = new('x', 300);
    private static readonly string Nested = string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300);

    /// <summary>Address, body (a form for pages, JSON for REST), status, and what the answer must say.</summary>
    public static TheoryData<string, string, int, string[]> Pages => new()
    {
        // Wrong types.
        { "/deals/new", "f.TITLE=x&f.OPPORTUNITY=a+lot", 422, ["field-OPPORTUNITY-error", "Amount"] },
        { "/deals/new", "f.TITLE=x&f.CLOSEDATE=2026-02-30", 422, ["field-CLOSEDATE-error"] },
        { "/deals?handler=Add", "stage=NEW&title=x&amount=much", 400, ["OPPORTUNITY", "is not an amount"] },
        { "/account", "name=Anna&language=xx&timeZone=UTC&theme=light", 200, ["The language is not known."] },
        { "/account", "name=Anna&language=en-US&timeZone=Nowhere&theme=light", 200, ["The time zone is not known."] },
        { "/account", "name=Anna&language=en-US&timeZone=UTC&theme=pink", 200, ["The theme is"] },
        // Missing and too long.
        { "/deals?handler=Add", "stage=NEW&title=", 400, ["TITLE", "must not be empty"] },
        { "/deals/new", $"f.TITLE={Long}", 422, ["field-TITLE-error"] },
        { "/deals/1/tasks?handler=Task", $"title={Long}", 400, ["Title", "255"] },
        { "/deals/1/timeline?handler=Comment", $"text={new string('y', 20_000)}", 400, ["Text", "10000"] },
        { "/webhooks?handler=Make", "name=x", 200, ["Choose what the webhook may be used for."] },
        { "/people/new", "name=Max&login=x+y", 200, ["A login has two or more characters and no spaces."] },
        { "/import", "preset=sales", 400, ["Files", "Choose at least one file."] },
        // What does not exist, or belongs elsewhere.
        { "/deals/1?handler=Move", "from=NEW&to=NOWHERE", 400, ["STAGE_ID", "There is no stage NOWHERE."] },
        { "/deals/9999?handler=Move", "from=NEW&to=LOSE", 404, ["does not exist"] },
        { "/deals/9223372036854775807?handler=Delete", "", 404, ["does not exist"] },
        { "/outbox/00000000-0000-0000-0000-000000000001?handler=Again", "", 404, ["does not exist"] },
        { "/automation/deals/0?handler=Window", "stage=NOWHERE&version=0&seconds=9", 400, ["stageId", "There is no stage NOWHERE."] },
        { "/automation/deals/0?handler=Window", "stage=NEW&version=0&seconds=99999", 400, ["undoSeconds", "3600"] },
        // Stale versions, and what is not to be done at all.
        { "/automation/deals/0?handler=Window", "stage=NEW&version=77&seconds=9", 409, ["robots"] },
        { "/deals/1?handler=Undo", "version=99", 400, ["version", "no move made by hand"] },
        { "/deals?handler=Undo", "id=1&version=1", 400, ["version", "greater than"] },
        { "/deals/1/edit?handler=Save", "version=1&f.TITLE=Mine&o.TITLE=First", 409, ["Title"] },
        { "/deals", "x=1", 405, ["The request was refused."] },
    };

    public static TheoryData<string, string, int, string[]> Rest => new()
    {
        { "crm.deal.add", """{"fields":{"TITLE":"x","OPPORTUNITY":"much"}}""", 400, ["OPPORTUNITY", "Invalid value"] },
        { "crm.deal.add", """{"fields":{"TITLE":"x","OPPORTUNITY":1e20}}""", 400, ["OPPORTUNITY"] },
        { "crm.deal.add", """{"fields":{"TITLE":"x","BEGINDATE":"2026-02-30"}}""", 400, ["BEGINDATE"] },
        { "crm.deal.add", """{"fields":{"TITLE":["x"]}}""", 400, ["TITLE"] },
        { "crm.deal.add", "{\"fields\":{\"TITLE\":\"" + Long + "\"}}", 400, ["TITLE", "255"] },
        { "crm.deal.add", """{"fields":{"TITLE":"x","COMPANY_ID":999}}""", 400, ["COMPANY_ID", "does not exist"] },
        { "crm.deal.add", """{"fields":{"TITLE":"x","STAGE_ID":"NOWHERE"}}""", 400, ["STAGE_ID", "There is no stage NOWHERE."] },
        { "crm.deal.update", """{"id":999,"fields":{"TITLE":"x"}}""", 400, ["Not found"] },
        { "crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"assignedById":999}}""", 400, ["ASSIGNED_BY_ID", "does not exist"] },
        { "crm.item.delete", """{"entityTypeId":999,"id":1}""", 400, ["ntity"] },
        { "crm.item.get", """{"entityTypeId":2,"id":"one"}""", 400, ["id"] },
        { "crm.item.list", """{"entityTypeId":2,"nosuch":1}""", 200, ["items"] },
        { "crm.deal.add", "{\"fields\":" + Nested + "}", 400, ["nested deeper"] },
        { "crm.deal.add", "{\"fields\":{\"TITLE\":\"" + new string('x', 2_000_000) + "\"}}", 413, ["larger than"] },
        { "crm.deal.add", """{"fields":""", 400, ["not valid"] },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"key":"a b","type":"add_comment","settings":{"text":"x"}}]}""", 400, ["robots[0].key", "Latin"] },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","undoSeconds":99999,"robots":[]}""", 400, ["\"undoSeconds\"", "3600"] },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"type":"no_such"}]}""", 400, ["robots[0].type", "no_such"] },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"type":"add_comment","settings":{"text":"{=Document:NOSUCH}"}}]}""", 400, ["robots[0].text", "NOSUCH"] },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","basedOn":77,"robots":[]}""", 409, ["robots"] },
        { "automation.incident.resolve", """{"id":999,"action":"retry"}""", 400, ["Incident not found"] },
        { "automation.incident.resolve", """{"id":1,"action":"burn"}""", 400, ["action"] },
        { "no.such.method", "{}", 404, ["ethod"] },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_says_what_is_wrong_and_changes_nothing(string path, string form, int status, string[] told)
    {
        var before = await portal.Host.DumpAsync();

        var fields = form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], WebUtility.UrlDecode(pair[1])));
        var answer = await portal.Browser.PostBareAsync(path, [.. fields, ("__RequestVerificationToken", portal.Token)]);

        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body[..Math.Min(answer.Body.Length, 2000)]}");
        Assert.All(told, text => Assert.Contains(text, WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal));
        Assert.Equal(before, await portal.Host.DumpAsync());
    }

    [Theory]
    [MemberData(nameof(Rest))]
    public async Task A_method_says_what_is_wrong_and_changes_nothing(string method, string body, int status, string[] told)
    {
        var before = await portal.Host.DumpAsync();

        var answer = await portal.CallAsync(method, body);

        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.All(told, text => Assert.Contains(text, answer.Body, StringComparison.Ordinal));
        Assert.Equal(before, await portal.Host.DumpAsync());
    }

    /// <summary>The pages and the methods of the product over one database: a deal that somebody else has changed since it was looked at.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        internal SignInHost Host { get; private set; } = null!;

        internal Browser Browser { get; private set; } = null!;

        public string Token { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Host = await SignInHost.StartAsync(real: true);
            await Host.SendAsync(new SetUpPortal());
            Browser = await Host.SignedInAsync();
            // Refusals as programs read them; forms that are drawn again come as pages all the same.
            Browser.Headers["Accept"] = "application/json";
            Token = await Browser.TokenAsync("/account");
            Assert.Equal(200, (await CallAsync("crm.deal.add", """{"fields":{"TITLE":"First"}}""")).Status);
            Assert.Equal(200, (await CallAsync("crm.deal.update", """{"id":1,"fields":{"TITLE":"Second"}}""")).Status);
        }

        public async Task DisposeAsync()
        {
            Browser?.Dispose();
            if (Host is not null) await Host.DisposeAsync();
        }

        internal Task<PageAnswer> CallAsync(string method, string body) =>
            Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Host.First.WebhookUrl).AbsolutePath + method) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}

using AutomationCrm.Testing;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Every method once with success and with each of its errors, as approved text.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private static readonly string[] Columns = ["TYPE_ID", "OWNER_ID", "CATEGORY_ID", "STAGE_ID", "STAGE_SEMANTIC_ID"];
    private AppRestHost _host = null!;
    private Transcript _transcript = null!;

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        _transcript = new Transcript(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Service_methods()
    {
        await CallAsync("profile");
        await CallAsync("profile", "{}", _host.Webhooks.Member);
        await CallAsync("user.current");
        await CallAsync("server.time");
        await CallAsync("scope");
        await CallAsync("scope", "{\"full\":true}");
        await CallAsync("methods", "{\"scope\":\"user\"}");
        await CallAsync("methods", "{}", _host.Webhooks.Foreign);
        await CallAsync("method.get", "{\"name\":\"crm.deal.add\"}");
        await CallAsync("crm.nothing.get");
        Approve("service");
    }

    [Fact]
    public async Task Deals_of_the_classic_family()
    {
        await CallAsync("crm.company.add", """{"fields":{"TITLE":"Oak & Sons"}}""");
        await CallAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","OPPORTUNITY":"1000.5","CURRENCY_ID":"EUR","COMPANY_ID":1,"BEGINDATE":"2026-01-05","OPENED":"Y","NO_SUCH":"x","ID":77},"params":{"REGISTER_SONET_EVENT":"Y"}}""");
        await CallAsync("crm.deal.add", """{"fields":{}}""");
        await CallAsync("crm.deal.get", """{"id":1}""");
        await CallAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"PREPARATION","CATEGORY_ID":1}}""");
        await CallAsync("crm.deal.list", """{"select":["ID","TITLE","STAGE_ID","CATEGORY_ID","OPPORTUNITY","UF_*"],"order":{"ID":"DESC"},"filter":{">ID":0}}""");
        await CallAsync("crm.deal.list", """{"filter":{"@STAGE_ID":["PREPARATION"],"NO_SUCH":1}}""");
        await CallAsync("crm.deal.delete", """{"ID":"2"}""");

        await CallAsync("crm.deal.get", """{"id":2}""");
        await CallAsync("crm.deal.get", """{"id":0}""");
        await CallAsync("crm.deal.get");
        await CallAsync("crm.deal.add");
        await CallAsync("crm.deal.add", """{"fields":"TITLE"}""");
        await CallAsync("crm.deal.add", """{"fields":{"OPPORTUNITY":"much"}}""");
        await CallAsync("crm.deal.add", """{"fields":{"STAGE_ID":"NOWHERE"}}""");
        await CallAsync("crm.deal.add", """{"fields":{"CATEGORY_ID":99}}""");
        await CallAsync("crm.deal.add", """{"fields":{"COMPANY_ID":99}}""");
        await CallAsync("crm.deal.add", """{"fields":{"ASSIGNED_BY_ID":99}}""");
        await CallAsync("crm.deal.add", """{"fields":{"CURRENCY_ID":"XXX"}}""");
        await CallAsync("crm.deal.update", """{"id":99,"fields":{"TITLE":"x"}}""");
        await CallAsync("crm.deal.update", """{"id":1,"fields":{"TITLE":""}}""");
        await CallAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"C1:NEW"}}""");
        await CallAsync("crm.deal.update", """{"id":1,"params":"x"}""");
        await CallAsync("crm.deal.list", """{"filter":"x"}""");
        await CallAsync("crm.deal.list", """{"order":"x"}""");
        await CallAsync("crm.deal.list", """{"start":"x"}""");
        await CallAsync("crm.deal.delete", """{"id":2}""");
        Approve("deals");
    }

    [Fact]
    public async Task The_other_classic_types()
    {
        foreach (var type in (string[])["lead", "contact", "company", "quote"])
        {
            var phone = type == "quote" ? "" : ""","PHONE":[{"VALUE":"+49 30 1","VALUE_TYPE":"WORK"}]""";
            await CallAsync($"crm.{type}.add", """{"fields":{"TITLE":"First","NAME":"Fred","LAST_NAME":"First"PHONE}}""".Replace("PHONE", phone));
            await CallAsync($"crm.{type}.get", """{"id":1}""");
            await CallAsync($"crm.{type}.update", """{"id":1,"fields":{"COMMENTS":"seen","PHONE":[{"ID":"1","DELETE":"Y"},{"VALUE":"+49 30 2","VALUE_TYPE":"HOME"}]}}""");
            await CallAsync($"crm.{type}.list", """{"select":["ID","TITLE","COMMENTS","PHONE"]}""");
            await CallAsync($"crm.{type}.delete", """{"id":1}""");
            await CallAsync($"crm.{type}.get", """{"id":1}""");
        }

        Approve("classic");
    }

    [Fact]
    public async Task Fields_of_every_type()
    {
        foreach (var type in (string[])["lead", "deal", "contact", "company", "quote"]) await CallAsync($"crm.{type}.fields");
        foreach (var type in (int[])[1, 2, 3, 4, 7, 31]) await CallAsync("crm.item.fields", With(type, """{"entityTypeId":0}"""));
        await CallAsync("crm.status.fields");
        await CallAsync("crm.category.fields", """{"entityTypeId":2}""");
        Approve("fields");
    }

    [Fact]
    public async Task Items_of_every_type()
    {
        foreach (var type in (int[])[1, 2, 3, 4, 7, 31])
        {
            await CallAsync("crm.item.add", With(type, """{"entityTypeId":0,"fields":{"title":"First","name":"Fred","opportunity":10.5,"fm":{"n0":{"typeId":"PHONE","valueType":"WORK","value":"+1"}}}}"""));
            await CallAsync("crm.item.get", With(type, """{"entityTypeId":0,"id":1}"""));
            await CallAsync("crm.item.update", With(type, """{"entityTypeId":0,"id":1,"fields":{"comments":"seen"}}"""));
            await CallAsync("crm.item.list", With(type, """{"entityTypeId":0,"select":["id","title","entityTypeId"],"order":{"ID":"DESC"}}"""));
            await CallAsync("crm.item.delete", With(type, """{"entityTypeId":0,"id":1}"""));
        }

        Approve("items");
    }

    [Fact]
    public async Task Errors_of_items()
    {
        await CallAsync("crm.item.add", """{"entityTypeId":2,"fields":{"title":"One"}}""");
        await CallAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"categoryId":1}}""");
        await CallAsync("crm.item.list", """{"entityTypeId":2,"filter":{"0":{"logic":"OR","0":{"=title":"One"},"1":{">opportunity":5}}},"select":["id"]}""");

        await CallAsync("crm.item.get", """{"id":1}""");
        await CallAsync("crm.item.get", """{"entityTypeId":999,"id":1}""");
        await CallAsync("crm.item.get", """{"entityTypeId":5,"id":1}""");
        await CallAsync("crm.item.get", """{"entityTypeId":2}""");
        await CallAsync("crm.item.get", """{"entityTypeId":2,"id":"x"}""");
        await CallAsync("crm.item.get", """{"entityTypeId":2,"id":99}""");
        await CallAsync("crm.item.add", """{"entityTypeId":2}""");
        await CallAsync("crm.item.add", """{"entityTypeId":2,"fields":"x"}""");
        await CallAsync("crm.item.add", """{"entityTypeId":2,"fields":{"opportunity":"much"}}""");
        await CallAsync("crm.item.add", """{"entityTypeId":2,"fields":{"stageId":"NOWHERE"}}""");
        await CallAsync("crm.item.update", """{"entityTypeId":2,"id":99,"fields":{}}""");
        await CallAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"title":""}}""");
        await CallAsync("crm.item.list", """{"entityTypeId":2,"filter":{"noSuch":1}}""");
        await CallAsync("crm.item.list", """{"entityTypeId":2,"filter":{">opportunity":"much"}}""");
        await CallAsync("crm.item.list", """{"entityTypeId":2,"order":{"noSuch":"ASC"}}""");
        await CallAsync("crm.item.list", """{"entityTypeId":2,"order":{"id":"SIDEWAYS"}}""");
        await CallAsync("crm.item.delete", """{"entityTypeId":2,"id":99}""");
        await CallAsync("crm.item.fields", """{"entityTypeId":999}""");
        Approve("item-errors");
    }

    [Fact]
    public async Task Directories_and_categories()
    {
        await CallAsync("crm.category.list", """{"entityTypeId":2}""");
        await CallAsync("crm.category.list", """{"entityTypeId":31}""");
        await CallAsync("crm.category.list", """{"entityTypeId":3}""");
        await CallAsync("crm.category.list", """{"entityTypeId":1}""");
        await CallAsync("crm.category.list", """{"entityTypeId":999}""");
        await CallAsync("crm.category.get", """{"entityTypeId":2,"id":0}""");
        await CallAsync("crm.category.get", """{"entityTypeId":2,"id":9}""");
        await CallAsync("crm.category.fields", """{"entityTypeId":7}""");
        await CallAsync("crm.status.list", """{"filter":{"ENTITY_ID":"DEAL_STAGE"},"order":{"SORT":"ASC"}}""");
        await CallAsync("crm.status.list", """{"filter":{"ENTITY_ID":"SMART_INVOICE_STAGE_1","SEMANTICS":"S"}}""");
        await CallAsync("crm.status.list", """{"filter":{"ENTITY_ID":"SOURCE","%NAME":"show"},"order":{"NAME":"DESC"}}""");
        await CallAsync("crm.status.list", """{"filter":"x"}""");
        Approve("directories");
    }

    [Fact]
    public async Task Stage_history()
    {
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"One"}}""");
        await _host.ResultAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"PREPARATION"}}""");
        await _host.ResultAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"WON"}}""");
        await _host.ResultAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"categoryId":1}}""");
        await _host.ResultAsync("crm.lead.add", """{"fields":{"TITLE":"Two"}}""");
        const string columns = "\"select\":[\"TYPE_ID\",\"OWNER_ID\",\"STAGE_ID\",\"STATUS_ID\",\"CATEGORY_ID\",\"STAGE_SEMANTIC_ID\",\"CREATED_TIME\"]";
        foreach (var query in (string[])["", ",\"filter\":{\"OWNER_ID\":1,\"TYPE_ID\":3}", ",\"order\":{\"ID\":\"DESC\"},\"filter\":{\"@STAGE_ID\":[\"NEW\",\"WON\"]}", ",\"filter\":{\">CREATED_TIME\":\"2099-01-01\"}"])
        {
            var items = (await _host.ResultAsync("crm.stagehistory.list", $"{{\"entityTypeId\":2,{columns}{query}}}")).GetProperty("items");
            _transcript.Note($"crm.stagehistory.list{query}", items.EnumerateArray().Select(i => string.Join(' ', Columns.Select(n => i.GetProperty(n).GetString()))));
        }

        await CallAsync("crm.stagehistory.list", """{"entityTypeId":1,"select":["STATUS_ID","STATUS_SEMANTIC_ID","OWNER_ID"],"filter":{"STATUS_ID":"NOWHERE"}}""");
        await CallAsync("crm.stagehistory.list", """{"entityTypeId":4}""");
        await CallAsync("crm.stagehistory.list", """{"entityTypeId":5}""");
        await CallAsync("crm.stagehistory.list", """{"entityTypeId":2,"filter":{"OWNER_ID":"x"}}""");
        await CallAsync("crm.stagehistory.list", """{"entityTypeId":2,"start":-1,"filter":{"OWNER_ID":99}}""");
        Approve("history");
    }

    private async Task CallAsync(string method, string body = "{}", TestWebhook? hook = null) => await _transcript.CallAsync(method, body, hook);

    private static string With(int type, string body) => body.Replace("\"entityTypeId\":0", $"\"entityTypeId\":{type}");

    private void Approve(string name) => Approved.Text(name, _transcript.ToString());
}

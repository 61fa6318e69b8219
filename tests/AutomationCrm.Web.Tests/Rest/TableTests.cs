using System.Text.Json;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.OpenApi;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

/// <summary>What is derived from the method table of the server.</summary>
public sealed class TableTests
{
    [Fact]
    public async Task Every_method_with_its_parameters_is_on_the_approved_list()
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "Rest", "Rest.approved.txt");
        var received = ApprovedMethods.Write(RestApi.Table);
        await File.WriteAllTextAsync(Path.ChangeExtension(approved, null)[..^".approved".Length] + ".received.txt", received);

        Assert.Equal(await File.ReadAllTextAsync(approved), received);
    }

    [Fact]
    public void Every_method_is_described()
    {
        Assert.NotEmpty(RestApi.Table.Methods);
        Assert.All(RestApi.Table.Methods, m => Assert.NotEmpty(m.About));
    }

    [Fact]
    public void A_name_is_declared_once()
    {
        var method = RestHost.Table.Find("profile")!;

        Assert.Throws<InvalidOperationException>(() => new RestMethodTable([method], [method with { Name = "PROFILE" }]));
    }

    [Fact]
    public async Task Methods_and_scopes_come_from_the_table()
    {
        await using var host = await RestHost.StartAsync();
        var member = $"/rest/2/{StubWebhooks.MemberSecret}/";

        Assert.Equal(RestHost.Table.Methods.Select(m => m.Name), Texts(await host.GetAsync(member + "methods?full=true")));
        Assert.DoesNotContain("crm.deal.add", Texts(await host.GetAsync(member + "methods")));
        Assert.Contains("crm.deal.add", Texts(await host.GetAsync(RestHost.Hook + "methods?scope=crm")));
        Assert.Equal(["automation", "crm", "user"], Texts(await host.GetAsync(RestHost.Hook + "scope")));
        Assert.Empty(Texts(await host.GetAsync(member + "scope")));
        Assert.Equal("""{"isExisting":true,"isAvailable":false}""", (await host.GetAsync(member + "method.get?name=CRM.deal.add")).Result.GetRawText());
    }

    [Fact]
    public async Task The_document_is_open_api_3_1_and_names_every_method()
    {
        await using var host = await RestHost.StartAsync();
        var answer = await host.GetAsync("/openapi/rest.json");

        Assert.Equal("application/json; charset=utf-8", answer.Type);
        Assert.Equal("3.1.0", answer.Json.GetProperty("openapi").GetString());
        Assert.Equal(RestHost.Table.Methods.Select(m => "/" + m.Name), answer.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name));
        Assert.Empty(DanglingReferences(answer.Json, answer.Json));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Examples_fit_their_schemas(bool stub)
    {
        var document = JsonDocument.Parse(OpenApiWriter.Write(stub ? RestHost.Table : RestApi.Table)).RootElement;
        var misfits = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject()) MiniSchema.CheckExamples(path.Value, document, path.Name, misfits);
        MiniSchema.CheckExamples(document.GetProperty("components"), document, "components", misfits);

        Assert.Empty(misfits);
    }

    private static IEnumerable<string?> Texts(Answer answer) => answer.Result.EnumerateArray().Select(e => e.GetString());

    private static IEnumerable<string> DanglingReferences(JsonElement at, JsonElement root) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().SelectMany(p => p.Name == "$ref" && MiniSchema.Resolve(root, p.Value.GetString()!) is null ? [p.Value.GetString()!] : DanglingReferences(p.Value, root)),
        JsonValueKind.Array => at.EnumerateArray().SelectMany(e => DanglingReferences(e, root)),
        _ => [],
    };
}

using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>automation.required.*, and what programs get to hear of a stage that requires fields.</summary>
public sealed class RequiredTests : IAsyncLifetime
{
    private AppRestHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs"}}""");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_is_required_is_saved_as_a_version_and_answered()
    {
        var none = await _host.ResultAsync("automation.required.get", """{"entityTypeId":2,"categoryId":0}""");
        var saved = await _host.ResultAsync("automation.required.set", """{"entityTypeId":2,"categoryId":0,"required":[{"field":"OPPORTUNITY","fromStageId":"PREPARATION","toStageId":"WON"}],"programs":"enforce","basedOn":0}""");
        var later = await _host.ResultAsync("automation.required.set", """{"entityTypeId":2,"categoryId":0,"required":[]}""");

        Assert.Equal((0, "ignore"), (none.GetProperty("version").GetInt32(), none.GetProperty("programs").GetString()));
        Assert.Equal((1, "enforce", "ignore", "WON"), (saved.GetProperty("version").GetInt32(), saved.GetProperty("programs").GetString(), saved.GetProperty("automation").GetString(), saved.GetProperty("required")[0].GetProperty("toStageId").GetString()));
        Assert.Equal((2, "enforce"), (later.GetProperty("version").GetInt32(), later.GetProperty("programs").GetString()));
    }

    [Fact]
    public async Task A_program_is_refused_by_name_only_where_the_pipeline_says_so()
    {
        await _host.ResultAsync("automation.required.set", """{"entityTypeId":2,"categoryId":0,"required":[{"field":"OPPORTUNITY","fromStageId":"PREPARATION","toStageId":"WON"}]}""");
        await _host.ResultAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"stageId":"PREPARATION"}}""");
        await _host.ResultAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"stageId":"NEW"}}""");
        await _host.ResultAsync("automation.required.set", """{"entityTypeId":2,"categoryId":0,"required":[{"field":"OPPORTUNITY","fromStageId":"PREPARATION","toStageId":"WON"}],"programs":"enforce"}""");

        var refused = await _host.CallAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"stageId":"PREPARATION"}}""");
        var filled = await _host.ResultAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"stageId":"PREPARATION","opportunity":10}}""");

        Assert.Equal("CRM_FIELD_ERROR_REQUIRED", refused.Error);
        Assert.Contains("OPPORTUNITY", refused.Description, StringComparison.Ordinal);
        Assert.Equal("PREPARATION", filled.GetProperty("item").GetProperty("stageId").GetString());
    }

    [Theory]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":[{"field":"NO_SUCH","fromStageId":"NEW","toStageId":"NEW"}]}""", "NO_SUCH")]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":[{"field":"OPPORTUNITY","fromStageId":"WON","toStageId":"NEW"}]}""", "WON")]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":[{"field":"OPPORTUNITY"}]}""", "stage")]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":[],"programs":"sometimes"}""", "programs")]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":[],"basedOn":7}""", "")]
    [InlineData("""{"entityTypeId":2,"categoryId":77,"required":[]}""", "Pipeline")]
    [InlineData("""{"entityTypeId":999,"categoryId":0,"required":[]}""", "Pipeline")]
    [InlineData("""{"entityTypeId":2,"categoryId":0,"required":"all"}""", "required")]
    public async Task What_cannot_be_required_is_refused_and_nothing_is_saved(string call, string named)
    {
        var refused = await _host.CallAsync("automation.required.set", call);

        Assert.NotNull(refused.Error);
        Assert.Contains(named, refused.Description, StringComparison.Ordinal);
        Assert.Equal(0, await _host.CountAsync("select count(*) from config_version where kind = 'stage-gates'"));
    }

    [Fact]
    public async Task Members_neither_see_nor_change_it()
    {
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.required.get", """{"entityTypeId":2,"categoryId":0}""", _host.Webhooks.Member)).Error);
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.required.set", """{"entityTypeId":2,"categoryId":0,"required":[]}""", _host.Webhooks.Member)).Error);
    }
}

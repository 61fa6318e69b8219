using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using FluentValidation;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

/// <summary>What a setting names without a placeholder must be there when the stage is saved.</summary>
public class ConstantTests
{
    public static TheoryData<string, string, string, string> Unknown => new()
    {
        { "create_item", """{"itemType":"99","fields":{"TITLE":"x"}}""", "itemType", "type.unknown" },
        { "create_item", """{"itemType":"1","stage":"PREPARATION","fields":{"TITLE":"x"}}""", "stage", "stage.unknown" },
        { "copy_item", """{"stage":"NOWHERE"}""", "stage", "stage.unknown" },
        { "complete_tasks", """{"which":"stage","stage":"NOWHERE"}""", "stage", "stage.unknown" },
        { "change_pipeline", """{"pipeline":"77"}""", "pipeline", "pipeline.unknown" },
        { "change_pipeline", """{"pipeline":"0","stages":{"NEW":"NOWHERE"}}""", "stages", "stage.unknown" },
        { "change_pipeline", """{"pipeline":"0","stages":{"NOWHERE":"NEW"}}""", "stages", "stage.unknown" },
        { "get_client", """{"client":"company","fields":["CLOSEDATE"]}""", "fields", "field.unknown" },
        { "get_item", """{"itemType":"1","fields":["TITLE","CLOSEDATE"]}""", "fields", "field.unknown" },
        { "wait_for", """{"what":"filled","fields":"COMMENTS, NOWHERE"}""", "fields", "field.unknown" },
        { "wait_for", """{"what":"task_closed","onTimeout":"move","stage":"NOWHERE"}""", "stage", "stage.unknown" },
        { "set_global", """{"global":"NOWHERE","value":"1"}""", "global", "global.unknown" },
        { "create_document", """{"template":"nowhere"}""", "template", "template.unknown" },
        { "send_sms", """{"to":"client","text":"x","provider":"Nobody"}""", "provider", "sms.unknown" },
        { "send_chat_webhook", """{"chat":"Nobody","text":"x"}""", "chat", "chat.unknown" },
        { "run_script", """{"itemType":"2","script":"777"}""", "script", "script.unknown" },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public async Task An_unknown_name_is_a_problem_of_the_robot_and_its_setting(string type, string settings, string setting, string code)
    {
        await using var app = await AppFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<ValidationException>(() => SaveAsync(app, Robot("add_comment", new { text = "x" }), Of(type, settings)));

        Assert.Contains(refused.Errors, e => (e.PropertyName, e.ErrorCode) == ($"robots[1].{setting}", code));
        Assert.Equal(0, (await app.SendAsync(new GetStageAutomation(ItemTypeIds.Deal, Deals.First))).Version);
    }

    [Fact]
    public async Task What_is_there_is_taken_whatever_its_case_and_placeholders_are_left_to_the_run()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync("insert into chat_webhook (name, format, host, secret, changed_at) values ('Sales', 'slack', 'https://chat.example', 'x', now())");
        await app.SendAsync(new AddGlobalValue("RATE", "Rate", FieldKind.Number));

        await SaveAsync(
            app,
            Of("send_chat_webhook", """{"chat":"sales","text":"x"}"""), Of("send_chat_webhook", """{"chat":"{=Document:TITLE}","text":"x"}"""), Of("set_global", """{"global":"RATE","value":"2"}"""),
            Of("send_sms", """{"to":"client","text":"no provider named is the default one"}"""), Of("create_item", """{"itemType":"1","stage":"NEW","fields":{"TITLE":"x"}}"""),
            Of("change_pipeline", """{"pipeline":"0","stages":{"NEW":"EXECUTING"},"stage":"WON"}"""), Of("get_client", """{"client":"company","fields":["TITLE"]}"""),
            Of("wait_for", """{"what":"changed","fields":["COMMENTS","OPPORTUNITY"]}"""));

        Assert.Equal(8, (await app.SendAsync(new GetStageAutomation(ItemTypeIds.Deal, Deals.First))).Config.Robots.Count);
    }

    [Fact]
    public async Task A_constant_is_not_offered_to_a_robot_that_changes_values()
    {
        await using var app = await AppFixture.StartAsync();
        await app.SendAsync(new AddGlobalValue("VAT", "VAT", FieldKind.Number) { IsConstant = true });

        var refused = await Assert.ThrowsAsync<ValidationException>(() => SaveAsync(app, Of("set_global", """{"global":"VAT","value":"7"}""")));

        Assert.Equal("global.constant", Assert.Single(refused.Errors).ErrorCode);
    }

    [Theory]
    [InlineData("form_submitted", """{"form":"777"}""", "form", "form.unknown")]
    [InlineData("document_created", """{"template":"777"}""", "template", "template.unknown")]
    [InlineData("all_linked_items_closed", """{"what":"NOTHING"}""", "what", "type.unknown")]
    public async Task A_trigger_names_only_what_is_there(string type, string settings, string setting, string code)
    {
        await using var app = await AppFixture.StartAsync();
        var trigger = new TriggerConfig { Key = "t", Type = type, Name = type, Settings = System.Text.Json.JsonDocument.Parse(settings).RootElement };

        var refused = await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, new() { Triggers = [trigger] }, 0)));

        Assert.Equal(($"triggers[0].{setting}", code), (refused.Errors.Single().PropertyName, refused.Errors.Single().ErrorCode));
    }

    [Fact]
    public async Task The_form_gets_the_names_of_what_can_be_chosen()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync("insert into chat_webhook (name, format, host, secret, changed_at) values ('Sales', 'slack', 'https://chat.example', 'x', now())");

        var choices = await app.SendAsync(new ListSettingChoices([FieldKind.ChatChannel, FieldKind.SmsProvider, FieldKind.Text]));

        Assert.Equal(["Sales"], choices[FieldKind.ChatChannel].Select(c => c.Code));
        Assert.Empty(choices[FieldKind.SmsProvider]);
        Assert.Equal(2, choices.Count);
    }

    private static Task<int> SaveAsync(AppFixture app, params RobotConfig[] robots) => app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, new() { Robots = robots }, 0));

    private static RobotConfig Of(string type, string settings) => Robot(type) with { Key = "", Settings = System.Text.Json.JsonDocument.Parse(settings).RootElement };
}

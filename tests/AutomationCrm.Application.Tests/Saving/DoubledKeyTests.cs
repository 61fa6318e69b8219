using System.Globalization;
using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.Tests.Documents;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Saving;

/// <summary>Two people who save the same at the same moment: the slower one is told so. Any other refusal of the database is no such answer.</summary>
public sealed class DoubledKeyTests
{
    [Fact]
    public async Task Robots_saved_at_the_same_moment_are_a_conflict_that_names_the_faster_one()
    {
        await using var app = await AppFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<ConflictException>(() => BesideAsync(app, VersionOf(app, StageAutomation.ConfigKind, StageAutomation.KeyOf(ItemTypeIds.Deal, Deals.First)), () => SaveRobotsAsync(app)));

        Assert.Equal(["robots"], refused.Fields);
        Assert.Equal("Ada Admin saved version 1 in the meantime.", refused.Message);
    }

    [Fact]
    public async Task Calendars_saved_at_the_same_moment_are_a_conflict_that_names_the_faster_one()
    {
        await using var app = await AppFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<ConflictException>(() => BesideAsync(app, VersionOf(app, CalendarConfig.ConfigKind, CalendarConfig.ConfigKey), () => app.SendAsync(new SaveCalendar(new(), null))));

        Assert.Equal(["calendar"], refused.Fields);
        Assert.Equal("Ada Admin saved version 1 in the meantime.", refused.Message);
    }

    [Theory]
    [InlineData("RATE")]
    [InlineData("rate")]
    public async Task A_global_value_added_at_the_same_moment_is_taken_in_any_case_of_its_letters(string code)
    {
        await using var app = await AppFixture.StartAsync();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => BesideAsync(
            app,
            $"insert into global_value (code, name, is_constant, kind, version, updated_at, updated_by) values ('{code}', 'Rate', false, 'number', 1, now(), {app.Admin.ToString(CultureInfo.InvariantCulture)})",
            () => AddValueAsync(app)));

        Assert.Equal(("global.taken", "code"), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task A_stage_is_not_paused_twice()
    {
        await using var app = await AppFixture.StartAsync();
        await PauseAsync(app);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => PauseAsync(app));

        Assert.Equal(("pause.paused", "stageId"), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task A_link_made_at_the_same_moment_is_the_link_of_both()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = ItemRef.Deal(await Deals.AddDealAsync(app));
        var insert = string.Create(CultureInfo.InvariantCulture, $"insert into client_link (type_id, item_id, token, signing_key) values ({deal.TypeId}, {deal.Id}, 'theirs', '\\x00')");

        Assert.Equal("theirs", await BesideAsync(app, insert, () => app.SendAsync(new GetClientLink(deal))));
    }

    [Fact]
    public async Task Versions_of_a_template_uploaded_at_the_same_moment_are_a_conflict()
    {
        await using var app = await Paperwork.StartAsync();
        var id = await AddTemplateAsync(app);
        var insert = string.Create(CultureInfo.InvariantCulture, $"insert into document_template_version select template_id, 2, file_id, file_name, size, at, author_id, comment from document_template_version where template_id = {id}");

        var refused = await Assert.ThrowsAsync<ConflictException>(() => BesideAsync(app, insert, () => AddTemplateVersionAsync(app, id)));

        Assert.Equal(["file"], refused.Fields);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from file"));
    }

    [Fact]
    public async Task A_version_for_a_template_that_is_deleted_at_the_same_moment_finds_no_template_and_leaves_no_file()
    {
        await using var app = await Paperwork.StartAsync();
        var id = await AddTemplateAsync(app);
        var delete = string.Create(CultureInfo.InvariantCulture, $"with v as (delete from document_template_version where template_id = {id} returning file_id), f as (delete from file where id in (select file_id from v)) delete from document_template where id = {id}");

        await Assert.ThrowsAsync<NotFoundException>(() => BesideAsync(app, delete, () => AddTemplateVersionAsync(app, id)));

        Assert.Equal((0, 0), (await app.ScalarAsync<long>("select count(*) from file"), await app.ScalarAsync<long>("select count(*) from document_template")));
    }

    [Fact]
    public async Task Shipped_templates_are_left_to_the_node_that_was_faster()
    {
        await using var app = await Paperwork.StartAsync();
        const string Insert = """
            insert into document_template (code, name, kind, type_ids, language, prefix, digits, yearly, version, is_active, created_at)
            values ('proposal', 'Theirs', 'html', '{2}', 'en', 'P-', 4, true, 1, true, now())
            """;

        Assert.Equal(0, await BesideAsync(app, Insert, () => app.SendAsync(new ShipTemplates())));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from document_template"));
    }

    [Theory]
    [InlineData("automation_pause")]
    [InlineData("client_link")]
    [InlineData("config_version", "calendar")]
    [InlineData("config_version", "robots")]
    [InlineData("document_template_version")]
    [InlineData("document_template")]
    [InlineData("global_value")]
    public async Task Another_refusal_is_not_taken_for_a_doubled_key(string table, string what = "")
    {
        await using var app = await Paperwork.StartAsync();
        var deal = ItemRef.Deal(await Deals.AddDealAsync(app));
        var template = table == "document_template_version" ? await AddTemplateAsync(app) : 0;
        await app.ExecuteAsync($"alter table {table} add constraint refuses_all check (false) not valid");

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => table switch
        {
            "automation_pause" => PauseAsync(app),
            "client_link" => app.SendAsync(new GetClientLink(deal)),
            "config_version" when what == "calendar" => app.SendAsync(new SaveCalendar(new(), null)),
            "config_version" => SaveRobotsAsync(app),
            "document_template_version" => AddTemplateVersionAsync(app, template),
            "document_template" => app.SendAsync(new ShipTemplates()),
            _ => AddValueAsync(app),
        });

        Assert.Contains("refuses_all", refused.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_unique_key_is_not_taken_for_the_expected_one()
    {
        await using var app = await AppFixture.StartAsync();
        await PauseAsync(app);
        await app.ExecuteAsync("create unique index one_pause_only on automation_pause ((true))");

        var refused = await Assert.ThrowsAsync<DoubledKeyException>(() => app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.Second)));

        Assert.Equal("one_pause_only", refused.Key);
    }

    [Fact]
    public async Task Every_key_that_is_expected_is_a_unique_index_of_the_database()
    {
        await using var app = await AppFixture.StartAsync();
        var keys = typeof(UniqueKeys).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);

        var known = await app.ReadAsync(db => db.Database.SqlQuery<string>($"select relname::text from pg_class c join pg_index i on i.indexrelid = c.oid where i.indisunique and c.relnamespace = current_schema()::regnamespace").ToListAsync());

        Assert.Empty(keys.Except(known));
    }

    /// <summary>Somebody else has written and not yet committed when ours comes; ours waits for him and then finds his row.</summary>
    private static async Task<T> BesideAsync<T>(AppFixture app, string insert, Func<Task<T>> ours)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var other = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = insert;
            await command.ExecuteNonQueryAsync();
        }

        var waiting = ours();
        await Eventually.Async(async () => waiting.IsCompleted || await app.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        Assert.False(waiting.IsCompleted, "Nothing was waited for.");
        await other.CommitAsync();
        return await waiting;
    }

    private static string VersionOf(AppFixture app, string kind, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"insert into config_version (kind, key, number, state, content, author_id, at) values ('{kind}', '{key}', 1, 1, '{{}}', {app.Admin}, now())");

    private static Task<int> SaveRobotsAsync(AppFixture app) => app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, new() { Robots = [TestPortal.Robot("add_comment", new { text = "Hello" })] }, null));

    private static Task<Common.Messaging.Unit> AddValueAsync(AppFixture app) => app.SendAsync(new AddGlobalValue("RATE", "Rate", FieldKind.Number));

    private static Task<long> PauseAsync(AppFixture app) => app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));

    private static Task<long> AddTemplateAsync(AppFixture app) => app.SendAsync(new SaveTemplateFile(null, "a.html", "<p>one</p>"u8.ToArray(), Paperwork.Settings("A")));

    private static Task<long> AddTemplateVersionAsync(AppFixture app, long id) => app.SendAsync(new SaveTemplateFile(id, "a.html", "<p>two</p>"u8.ToArray(), null));
}

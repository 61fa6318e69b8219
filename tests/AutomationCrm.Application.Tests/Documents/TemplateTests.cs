using System.Text;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using FluentValidation;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class TemplateTests
{
    [Fact]
    public async Task Placeholders_are_listed_with_what_is_wrong_with_them()
    {
        await using var app = await Paperwork.StartAsync();
        var id = await app.SendAsync(new SaveTemplateFile(null, "a.docx", Docx.Of("{=Document:TITLE} {=Document:NOPE}", "{=Value:Terms} {=Products:NAME} {{= 1 + }}"), Paperwork.Settings("A")));

        var view = await app.SendAsync(new GetTemplate(id));

        Assert.Equal(
            [("{=Document:TITLE}", PlaceholderState.Known), ("{=Document:NOPE}", PlaceholderState.Unknown), ("{=Value:Terms}", PlaceholderState.Given), ("{=Products:NAME}", PlaceholderState.Known), ("{{= 1 + }}", PlaceholderState.Broken)],
            view.Placeholders.Select(p => (p.Text, p.State)));
        Assert.All(view.Placeholders.Where(p => p.IsWrong), p => Assert.NotNull(p.Why));
    }

    [Fact]
    public async Task A_template_has_versions_and_documents_remember_theirs()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var deal = await app.AddDealAsync();
        var first = await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal)));

        await app.SendAsync(new SaveTemplateFile(first.TemplateId, "next.docx", Docx.Of("next"), null, "shorter"));

        var second = await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal)));
        Assert.Equal((1, 2), (first.TemplateVersion, second.TemplateVersion));
        Assert.Equal(["shorter", ""], (await app.SendAsync(new GetTemplate(first.TemplateId))).Versions.Select(v => v.Comment));
        Assert.Equal("template.kind", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new SaveTemplateFile(first.TemplateId, "a.html", "<p/>"u8.ToArray(), null)))).Code);
        Assert.Equal("template.used", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new DeleteTemplate(first.TemplateId)))).Code);
    }

    [Fact]
    public async Task A_test_keeps_nothing_and_takes_no_number()
    {
        await using var app = await Paperwork.WithTemplatesAsync(word: "{=Paper:Number} {=Value:Terms}");
        var deal = await app.AddDealAsync();
        var templates = await app.SendAsync(new ListTemplates());

        var word = await app.SendAsync(new TryTemplate(templates.Single(t => t.Template.Code == Paperwork.Word).Template.Id, deal, Pdf: false));

        Assert.EndsWith("-0000 [Terms]\n", Docx.Read(word.Content), StringComparison.Ordinal);
        Assert.Equal("application/pdf", (await app.SendAsync(new TryTemplate(templates.Single(t => t.Template.Code == Paperwork.Html).Template.Id, deal, Pdf: false))).File.MediaType);
        Assert.Equal((0, 0), (await app.ScalarAsync<long>("select count(*) from document"), await app.ScalarAsync<long>("select count(*) from number_series")));
    }

    [Fact]
    public async Task A_template_that_made_no_document_is_deleted_with_its_files()
    {
        await using var app = await Paperwork.StartAsync();
        var id = await app.SendAsync(new SaveTemplateFile(null, "a.docx", Docx.Of("x"), Paperwork.Settings("A")));

        await app.SendAsync(new DeleteTemplate(id));

        Assert.Equal((0, 0, 0), (await app.ScalarAsync<long>("select count(*) from document_template"), await app.ScalarAsync<long>("select count(*) from document_template_version"), await app.ScalarAsync<long>("select count(*) from file")));
    }

    [Theory]
    [InlineData("a.docm", "docx.macro")]
    [InlineData("a.dotm", "docx.macro")]
    [InlineData("a.doc", "template.kind")]
    [InlineData("a.pdf", "template.kind")]
    [InlineData("a.docx", "docx.broken")]
    public async Task A_file_of_another_kind_is_refused(string name, string code)
    {
        await using var app = await Paperwork.StartAsync();

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new SaveTemplateFile(null, name, Encoding.UTF8.GetBytes("text"), Paperwork.Settings("A"))))).Code);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from document_template"));
    }

    [Fact]
    public async Task Settings_are_checked()
    {
        await using var app = await Paperwork.StartAsync();

        foreach (var wrong in (TemplateSettings[])[Paperwork.Settings(""), Paperwork.Settings("A") with { TypeIds = [] }, Paperwork.Settings("A") with { Prefix = "a<b" }, Paperwork.Settings("A") with { Digits = 0 }, Paperwork.Settings("A") with { Language = "xx" }])
            await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SaveTemplateFile(null, "a.docx", Docx.Of("x"), wrong)));
    }

    [Fact]
    public async Task The_shipped_proposal_has_nothing_wrong_and_is_filled_for_a_deal()
    {
        await using var app = await Paperwork.StartAsync();
        Assert.Equal(2, await app.SendAsync(new ShipTemplates()));
        Assert.Equal(0, await app.SendAsync(new ShipTemplates()));
        var deal = await app.AddDealAsync();

        foreach (var (template, _) in await app.SendAsync(new ListTemplates()))
        {
            Assert.Empty((await app.SendAsync(new GetTemplate(template.Id))).Placeholders.Where(p => p.IsWrong).Select(p => p.Why));
            Assert.NotEmpty((await app.SendAsync(new TryTemplate(template.Id, deal, Pdf: false))).Content);
        }

        var word = (await app.SendAsync(new ListTemplateChoices(ItemTypeIds.Deal))).Single(t => t.Kind == DocumentTemplate.Docx);
        var made = await app.DocumentAsync(await app.SendAsync(Paperwork.Order(deal, word.Code) with { WithDocx = true }));
        Assert.Contains("Chairs\n1", Docx.Read((await app.SendAsync(new Application.Files.GetFile(made.SourceFileId!.Value))).Content), StringComparison.Ordinal);
    }
}

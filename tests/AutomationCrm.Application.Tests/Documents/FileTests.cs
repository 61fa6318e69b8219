using System.Text;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class FileTests
{
    [Fact]
    public async Task A_file_is_readable_for_whoever_may_read_its_item_and_not_there_for_everybody_else()
    {
        await using var app = await AppFixture.StartAsync();
        var (mia, leo) = (await app.AddPersonAsync("Mia"), await app.AddPersonAsync("Leo"));
        var deal = ItemRef.Deal(await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Hers"), [FieldCodes.Opened] = Value.False, [FieldCodes.Responsible] = new UserValue(mia) })));
        var id = await app.SendAsync(new AddItemFile(deal, "notes.txt", "hello"u8.ToArray()), person: mia);

        Assert.Equal("hello", Encoding.UTF8.GetString((await app.SendAsync(new GetFile(id), person: mia)).Content));
        Assert.Equal("notes.txt", (await app.SendAsync(new GetFile(id))).File.Name);
        var hidden = await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetFile(id), person: leo));
        var missing = await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetFile(Guid.CreateVersion7()), person: leo));
        Assert.Equal(missing.What, hidden.What);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new DeleteItemFile(id), person: leo));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new AddItemFile(deal, "a.txt", [1]), person: leo));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from item_file"));
    }

    [Fact]
    public async Task Files_of_templates_are_for_administrators()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var mia = await app.AddPersonAsync("Mia");
        var file = await app.ReadAsync(db => db.DocumentTemplateVersions.Select(v => v.FileId).FirstAsync());

        Assert.NotEmpty((await app.SendAsync(new GetFile(file))).Content);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetFile(file), person: mia));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new ListTemplates(), person: mia));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new SaveTemplateFile(null, "a.docx", Docx.Of("x"), Paperwork.Settings("A")), person: mia));
    }

    [Fact]
    public async Task A_deleted_file_is_gone_with_its_content()
    {
        await using var app = await AppFixture.StartAsync();
        var id = await app.SendAsync(new AddItemFile(await app.AddDealAsync(), "notes.txt", "hello"u8.ToArray()));

        await app.SendAsync(new DeleteItemFile(id));

        Assert.Equal((0, 0), (await app.ScalarAsync<long>("select count(*) from item_file"), await app.ScalarAsync<long>("select count(*) from file")));
        Assert.Equal(["file", "file_deleted"], await app.ReadAsync(db => db.TimelineNotes.OrderBy(n => n.Id).Select(n => n.Kind).ToListAsync()));
    }

    [Theory]
    [InlineData("run.exe", "MZ", "file.program")]
    [InlineData("photo.png", "MZ", "file.program")]
    [InlineData("script.txt", "#!/bin/sh", "file.program")]
    [InlineData("sheet.xlsm", "PK\u0003\u0004", "file.program")]
    [InlineData("photo.png", "<svg/>", "file.type")]
    [InlineData("paper.pdf", "<html>", "file.type")]
    [InlineData("paper.docx", "text", "file.type")]
    public async Task A_file_that_is_a_program_or_not_what_it_says_is_refused(string name, string content, string code)
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();

        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new AddItemFile(deal, name, Encoding.UTF8.GetBytes(content))));

        Assert.Equal((code, "file"), (refusal.Code, refusal.Field));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from file"));
    }

    [Fact]
    public async Task An_empty_and_a_huge_file_are_refused()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();

        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new AddItemFile(deal, "a.txt", [])));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new AddItemFile(deal, "a.txt", new byte[StoredFile.MostBytes + 1])));
    }

    [Theory]
    [InlineData("page.html", "<script>alert(1)</script>", "application/octet-stream")]
    [InlineData("image.svg", "<svg onload=\"alert(1)\"/>", "application/octet-stream")]
    [InlineData("data.xml", "<a/>", "application/octet-stream")]
    [InlineData("notes.txt", "hello", "text/plain; charset=utf-8")]
    [InlineData("paper.pdf", "%PDF-1.7", "application/pdf")]
    [InlineData("archive.zip", "PK\u0003\u0004", "application/zip")]
    public void What_a_browser_might_run_leaves_as_bytes(string name, string content, string type) => Assert.Equal(type, FileTypes.Of(Encoding.UTF8.GetBytes(content), name).MediaType);

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.txt", "a.txt")]
    [InlineData("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt")]
    [InlineData("in\u202Evoice.txt", "invoice.txt")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData("a\"b<c>.txt", "a_b_c_.txt")]
    [InlineData("Angebot für Müller.pdf", "Angebot für Müller.pdf")]
    public void Names_are_made_harmless(string given, string kept) => Assert.Equal(kept, FileNames.Clean(given));
}

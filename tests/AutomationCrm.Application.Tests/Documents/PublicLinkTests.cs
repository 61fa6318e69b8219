using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Domain.Common;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class PublicLinkTests
{
    private const long Nobody = -1;

    [Fact]
    public async Task Who_has_the_link_sees_the_document_and_its_files_until_it_is_taken_back()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var (id, token) = await LinkedAsync(app);

        var shown = await app.SendAsync(new OpenPublicDocument(token, Counts: true), person: Nobody);
        Assert.Equal(("Word", true, false), (shown.Title, shown.Docx, shown.Pdf));
        Assert.NotEmpty((await app.SendAsync(new GetPublicFile(token, "docx"), person: Nobody)).Content);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetPublicFile(token, "pdf"), person: Nobody));

        Assert.Null(await app.SendAsync(new SetDocumentLink(id, Open: false)));
        await GoneAsync(app, token);
    }

    [Fact]
    public async Task A_link_runs_out_and_a_new_one_kills_the_old_one()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var (id, token) = await LinkedAsync(app);

        var url = await app.SendAsync(new SetDocumentLink(id, Open: true, Days: 1));
        await GoneAsync(app, token);
        Assert.NotNull(url);
        await app.ExecuteAsync("update document set link_until = now() - interval '1 second'");
        await GoneAsync(app, url[(url.LastIndexOf('/') + 1)..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("'; drop table document; --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Other_tokens_lead_nowhere(string token)
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        await LinkedAsync(app);

        await GoneAsync(app, token);
    }

    [Fact]
    public async Task A_visit_is_counted_once_in_half_an_hour_and_looking_ahead_is_none()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var (id, token) = await LinkedAsync(app);

        await app.SendAsync(new OpenPublicDocument(token, Counts: false), person: Nobody);
        Assert.Equal(0, (await app.DocumentAsync(id)).Views);
        await app.SendAsync(new OpenPublicDocument(token, Counts: true), person: Nobody);
        await app.SendAsync(new OpenPublicDocument(token, Counts: true), person: Nobody);
        Assert.Equal(1, (await app.DocumentAsync(id)).Views);
        await app.ExecuteAsync("update document set last_viewed_at = last_viewed_at - interval '31 minutes'");
        await app.SendAsync(new OpenPublicDocument(token, Counts: true), person: Nobody);
        Assert.Equal(2, (await app.DocumentAsync(id)).Views);
        Assert.Equal(1, await app.ReadAsync(db => db.TimelineNotes.CountAsync(n => n.Kind == "document_viewed")));
    }

    [Fact]
    public async Task The_client_signs_off_once_with_name_and_consent()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var (id, token) = await LinkedAsync(app);

        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SignPublicDocument(token, "Mr X", Consent: false), person: Nobody));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SignPublicDocument(token, "", Consent: true), person: Nobody));
        Assert.True(await app.SendAsync(new SignPublicDocument(token, " Mr X ", Consent: true), person: Nobody));
        Assert.False(await app.SendAsync(new SignPublicDocument(token, "Mr Y", Consent: true), person: Nobody));

        var document = await app.DocumentAsync(id);
        Assert.Equal(("Mr X", null), (document.SignedName, document.SignedBy));
        Assert.Equal("document.signed", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new DeleteDocument(id)))).Code);
    }

    [Fact]
    public async Task Whoever_may_not_change_the_item_neither_opens_links_nor_signs()
    {
        await using var app = await Paperwork.WithTemplatesAsync();
        var (id, _) = await LinkedAsync(app);
        await app.ExecuteAsync("update item set opened = false");
        var mia = await app.AddPersonAsync("Mia");

        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new SetDocumentLink(id, Open: true), person: mia));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new SignDocument(id), person: mia));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new DeleteDocument(id), person: mia));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new CreateDocumentPdf(id), person: mia));
    }

    private static async Task<(long Id, string Token)> LinkedAsync(AppFixture app)
    {
        var id = await app.SendAsync(Paperwork.Order(await app.AddDealAsync()) with { Link = true });
        return (id, (await app.DocumentAsync(id)).PublicToken!);
    }

    private static async Task GoneAsync(AppFixture app, string token)
    {
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new OpenPublicDocument(token, Counts: true), person: Nobody));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetPublicFile(token, "docx"), person: Nobody));
    }
}

using System.Text;
using System.Text.RegularExpressions;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Templates, the documents tab of the card, and the page a client sees.</summary>
[Collection(PortalTests.Name)]
public sealed class PaperworkPageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_template_is_uploaded_tried_and_says_what_is_wrong_with_it()
    {
        await using var test = await portal.OpenAsync("/document-templates");
        await Upload(test, "#template-file", "letter.html", "<p>Dear {=Document:COMPANY.TITLE}, {=Document:NOPE}</p>");
        await test.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Letter");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();

        await Expect(test.Page).ToHaveURLAsync(new Regex("/document-templates/[0-9]+$"));
        await Expect(test.Page.GetByText("1 placeholder cannot be filled in")).ToBeVisibleAsync();
        await Expect(test.Page.Locator(".placeholder-list")).ToContainTextAsync("NOPE");
        await PageChecks.CheckAsync(test);
        await Upload(test, "#version-file", "letter.html", "<p>Dear {=Document:COMPANY.TITLE}</p>");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(test.Page.GetByText("Version 2: letter.html")).ToBeVisibleAsync();

        var download = await test.Page.RunAndWaitForDownloadAsync(() => test.Page.GetByRole(AriaRole.Button, new() { Name = "Fill and download" }).ClickAsync(), new() { Timeout = 60_000 });
        Assert.Equal("%PDF", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(await download.PathAsync())).Substring(0, 4));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_hostile_template_is_refused_and_the_form_stays()
    {
        await using var test = await portal.OpenAsync("/document-templates");
        await Upload(test, "#template-file", "evil.html", "<p>x</p><script>alert(1)</script>");
        await test.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Evil one");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();

        await Expect(test.Page.Locator(".alert-danger")).ToContainTextAsync("The template is refused");
        await Expect(test.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Evil one");
        await PageChecks.CheckAsync(test);
    }

    [Fact]
    public async Task A_document_is_made_on_the_card_opened_by_its_link_and_signed_off_by_the_client()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/documents");
        await test.Page.GetByLabel("Template", new() { Exact = true }).SelectOptionAsync("proposal");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Make a document" }).ClickAsync(new() { Timeout = 60_000 });
        await Expect(test.Page.Locator(".paper-list").First).ToContainTextAsync("Proposal", new() { Timeout = 60_000 });
        await Expect(test.Page.GetByRole(AriaRole.Link, new() { Name = "PDF", Exact = true })).ToBeVisibleAsync();

        await test.Page.Locator(".paper-row .icon-button").First.ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Open a public link for 30 days" }).ClickAsync();
        var url = new Uri((await test.Page.Locator(".paper-row a[href*='/d/']").GetAttributeAsync("href"))!);
        await PageChecks.CheckAsync(test);

        await using (var client = await portal.OpenAsync(url.PathAndQuery, new View(SignedIn: false)))
        {
            await Expect(client.Page.GetByRole(AriaRole.Link, new() { Name = "Download PDF" })).ToBeVisibleAsync();
            await PageChecks.CheckAsync(client);
            await client.Page.GetByLabel("Your name").FillAsync("Clara Client");
            await client.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
            await client.Page.GetByRole(AriaRole.Button, new() { Name = "Sign off" }).ClickAsync();
            await Expect(client.Page.GetByText("Signed off by Clara Client")).ToBeVisibleAsync();
        }

        await test.GoAsync($"/deals/{deal}/documents");
        await Expect(test.Page.Locator(".paper-list").First).ToContainTextAsync("Signed off: Clara Client");
        await Expect(test.Page.Locator(".paper-list").First).ToContainTextAsync("opened 1 time");
        await test.GoAsync($"/deals/{deal}/timeline");
        await Expect(test.Page.Locator("main")).ToContainTextAsync("signed off the document");
        Assert.DoesNotContain(url.Segments[^1], portal.App.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_attached_downloaded_as_an_attachment_and_deleted()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/documents");
        await Upload(test, "#file-upload", "page.html", "<script>alert(1)</script>");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Attach" }).ClickAsync();

        var link = test.Page.GetByRole(AriaRole.Link, new() { Name = "page.html" });
        await Expect(link).ToBeVisibleAsync();
        var answer = await test.Page.APIRequest.GetAsync(new Uri(portal.App.Address, (await link.GetAttributeAsync("href"))!).ToString());
        Assert.Equal(("application/octet-stream", "nosniff"), (answer.Headers["content-type"], answer.Headers["x-content-type-options"]));
        Assert.StartsWith("attachment", answer.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Contains("sandbox", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        await using (var stranger = await portal.OpenAsync("/sign-in", new View(SignedIn: false)))
            Assert.NotEqual(200, (await stranger.Page.APIRequest.GetAsync(answer.Url, new() { MaxRedirects = 0 })).Status);

        test.Page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await test.Page.Locator("form[action*='DeleteFile'] button").ClickAsync();
        await test.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Last.ClickAsync(new() { Timeout = 2_000 }).ContinueWith(_ => { }, TaskScheduler.Default);
        await Expect(test.Page.GetByText("No files yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/document-templates", "templates")]
    [InlineData("/d/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "document-gone")]
    public Task A_page_is_sound_in_every_view(string path, string picture) => PageChecks.EveryViewAsync(portal, path, picture);

    [Fact]
    public async Task The_tab_and_the_template_are_sound_in_every_view()
    {
        var deal = await portal.ScalarAsync<long>("select max(id) from item where type_id = 2 and stage_id = 'EXECUTING'");
        await PageChecks.EveryViewAsync(portal, $"/deals/{deal}/documents", "deal-documents");
        await PageChecks.EveryViewAsync(portal, $"/document-templates/{await portal.ScalarAsync<long>("select min(id) from document_template")}", "template");
    }

    private static Task Upload(TestPage test, string input, string name, string content) =>
        test.Page.Locator(input).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/html", Buffer = Encoding.UTF8.GetBytes(content) });
}

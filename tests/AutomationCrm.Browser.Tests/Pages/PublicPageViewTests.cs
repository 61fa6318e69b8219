using AutomationCrm.Application.People;
using AutomationCrm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>What visitors and clients see who have no account: sound in both themes on a desk and on a phone.</summary>
[Collection(PortalTests.Name)]
public sealed class PublicPageViewTests(PortalFixture portal)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "/sign-in", "Sign in" },
        { "/sign-in/link/worthless", "Sign-in link" },
        { "/preferences", "Preferences" },
        { "/forms/public-page-form", "Ask for an offer" },
        { "/client/public-page-client", "Send" },
        { "/m/u/PublicPageMail12345678", "somebody@example.com" },
        { "/d/PublicPageDocument123456789012345678901234_", "Offer 2026-17" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_public_page_is_sound_in_every_view(string path, string shown)
    {
        await SeedAsync();
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await using var test = await portal.OpenAsync(path, new View(dark, phone, SignedIn: false));
            await Expect(test.Page.Locator("main")).ToContainTextAsync(shown);
            await Screenshots.TakeAsync(test.Page, $"public{path.Replace('/', '-')[..8]}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
            await PageChecks.CheckAsync(test);
        }
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/password")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/sessions")]
    public async Task The_parts_of_an_account_lead_to_one_another(string path)
    {
        foreach (var phone in new[] { false, true })
        {
            await using var test = await portal.OpenAsync(path, new View(Dark: phone, Phone: phone));
            await Expect(test.Page.Locator(".tabs a[aria-current=page]")).ToHaveAttributeAsync("href", path);
            Assert.Equal(4, await test.Page.Locator(".tabs a").CountAsync());
            await PageChecks.CheckAsync(test);
        }
    }

    private async Task SeedAsync()
    {
        Assert.Equal(Secret.Length, "PublicPageDocument123456789012345678901234_".Length);
        await portal.ExecuteAsync("""
            insert into web_form (token, signing_key, title, lead, type_id, pipeline_id, stage_id, fields, consent, thanks, responsible_id, is_active, created_at)
              values ('public-page-form', '\x01', 'Ask for an offer', 'We answer within a day.', 2, 0, '', '{CLIENT.NAME,CLIENT.EMAIL,CLIENT.PHONE,COMMENTS}', 'I agree that my data is kept.', '', 1, true, now()) on conflict do nothing;
            insert into client_link (type_id, item_id, token, signing_key) select 2, max(id), 'public-page-client', '\x01' from item where type_id = 2 on conflict do nothing;
            insert into mail_message (id, direction, state, message_id, token, from_address, to_addresses, subject, text, to_client, at)
              select gen_random_uuid(), 1, 1, 'public-page@example.com', 'PublicPageMail12345678', '', 'somebody@example.com', 'Hello', 'Hello', true, now()
              where not exists (select from mail_message where token = 'PublicPageMail12345678');
            insert into document (type_id, item_id, template_id, template_version, kind, series, counter, number, title, with_docx, with_pdf, listed, source_file_id, made_at, made_by, finished_at, public_token, views, id, version)
              select 2, max(id), 1, 1, 'docx', 'public-page', 1, '2026-17', 'Offer', true, false, true, gen_random_uuid(), now(), 1, now(), 'PublicPageDocument123456789012345678901234_', 0, 900017, 1 from item where type_id = 2 on conflict do nothing
            """);
    }
}

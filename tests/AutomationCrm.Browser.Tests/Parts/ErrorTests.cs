using System.Net;
using System.Text.Json;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class ErrorTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_failing_part_of_a_page_asks_first_and_then_shows_the_error_above_the_page()
    {
        await using var test = await browser.OpenAsync("/dev/palette");
        await test.Page.Locator("#palette-fail").ClickAsync();
        await PageChecks.AxeAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, "sample-confirm");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, go on" }).ClickAsync();

        await Expect(test.Page.Locator("#page-alerts .alert-danger code")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{32}$"));
        await Expect(test.Page.Locator("#palette-fail")).ToBeVisibleAsync();
        await PageChecks.AxeAsync(test.Page);
        test.AssertQuiet();
    }

    [Theory]
    [InlineData("/no/such/page", 404, "There is nothing here")]
    [InlineData("/dev/palette?handler=Fail", 500, "Something went wrong here")]
    public async Task An_error_is_a_page_for_people_and_a_problem_for_programs(string path, int status, string title)
    {
        await using var test = await browser.OpenAsync(path);
        await Expect(test.Page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await PageChecks.AxeAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, $"sample-error-{status}");
        test.AssertQuiet();

        var answer = await test.Page.Context.APIRequest.GetAsync(path, new() { Headers = new Dictionary<string, string> { ["Accept"] = "application/json" } });
        using var problem = JsonDocument.Parse(await answer.TextAsync());
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["content-type"].Split(';')[0]);
        Assert.Equal(title, problem.RootElement.GetProperty("title").GetString());
        Assert.NotEmpty(problem.RootElement.GetProperty("correlationId").GetString()!);
    }

    [Theory]
    [InlineData("/dev/palette")]
    [InlineData("/dist/app.css")]
    [InlineData("/no/such/page")]
    [InlineData("/dev/palette?handler=Fail")]
    [InlineData("/hub/live")]
    [InlineData("/rest/nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var http = new HttpClient { BaseAddress = browser.App.Address };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        var csp = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", csp, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", csp, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("Permissions-Policy")));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("X-Nothing", "1", HttpStatusCode.BadRequest)]
    public async Task A_post_from_another_site_or_without_the_antiforgery_token_is_refused(string header, string value, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = browser.App.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/board?handler=Reset") { Content = new FormUrlEncodedContent([]), Headers = { { header, value } } };
        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }
}

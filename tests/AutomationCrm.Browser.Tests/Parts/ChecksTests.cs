using AutomationCrm.Browser.Tests.Support;
using Xunit.Sdk;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

/// <summary>The checks are checked: each must notice what it is there for.</summary>
[Collection(BrowserTests.Name)]
public sealed class ChecksTests(BrowserFixture browser)
{
    [Fact]
    public async Task An_inline_style_is_noticed()
    {
        await using var test = await browser.OpenAsync("/dev/bare");
        await test.Page.EvaluateAsync("() => document.body.setAttribute('style', 'color: red')");
        await Expect(test.Page.Locator("body[style]")).ToBeAttachedAsync();

        Assert.Throws<TrueException>(test.AssertQuiet);
    }

    [Fact]
    public async Task A_picture_without_a_text_and_a_wide_page_are_noticed()
    {
        await using var test = await browser.OpenAsync("/dev/bare");
        await test.Page.EvaluateAsync("() => { const img = new Image(); img.style.minWidth = '3000px'; img.src = document.querySelector('link[rel=icon]').href; document.getElementById('main').append(img); }");

        await Assert.ThrowsAsync<TrueException>(() => PageChecks.AxeAsync(test.Page));
        await Assert.ThrowsAsync<FailException>(() => PageChecks.NoSidewaysScrollAsync(test.Page));
    }
}

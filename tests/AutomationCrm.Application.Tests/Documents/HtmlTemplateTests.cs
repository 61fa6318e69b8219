using System.Text;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Html;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Tests.Documents;

public sealed class HtmlTemplateTests
{
    private static readonly HtmlTemplate Html = new();

    [Theory]
    [InlineData("<p>x</p><script>alert(1)</script>", "<script>")]
    [InlineData("<p onclick=\"alert(1)\">x</p>", "onclick")]
    [InlineData("<iframe src=\"https://evil.example\"/>", "<iframe>")]
    [InlineData("<object data=\"x\"/>", "<object>")]
    [InlineData("<embed src=\"x\"/>", "<embed>")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://evil.example/a.css\"/>", "<link>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\"/>", "<meta>")]
    [InlineData("<base href=\"https://evil.example\"/>", "<base>")]
    [InlineData("<form action=\"x\"><input/></form>", "<form>")]
    [InlineData("<img src=\"https://evil.example/i.png\"/>", "loads something from outside")]
    [InlineData("<img src=\"file:///etc/passwd\"/>", "loads something from outside")]
    [InlineData("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "loads something from outside")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<svg>")]
    [InlineData("<p style=\"background:url(https://evil.example)\">x</p>", "url(")]
    [InlineData("<p style=\"background:u\\72l(x)\">x</p>", "\\")]
    [InlineData("<style>@import 'https://evil.example/a.css';</style>", "@import")]
    [InlineData("<style>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</style>", "<")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "<a>")]
    [InlineData("<p class=\"{=Document:TITLE}\">x</p>", "placeholders stand in text only")]
    [InlineData("<style>.a{color:{=Document:TITLE}}</style>", "placeholders stand in text only")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>", "not well-formed")]
    [InlineData("<p>x<br></p>", "not well-formed")]
    [InlineData("", "not well-formed")]
    public void A_template_that_runs_or_loads_something_is_refused(string body, string reason)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Html.Inspect(Encoding.UTF8.GetBytes(body.StartsWith("<!", StringComparison.Ordinal) || body.Length == 0 ? body : $"<div>{body}</div>")));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("file", refusal.Field);
    }

    [Fact]
    public void A_very_deep_template_is_refused() =>
        Assert.Throws<RuleBrokenException>(() => Html.Inspect(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 20_000)) + string.Concat(Enumerable.Repeat("</div>", 20_000)))));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</p></body><iframe/>")]
    [InlineData("{=Document:ID}")]
    public void A_value_is_text_and_nothing_else(string value)
    {
        var filled = Fill("<p>{=Value:X}</p>", Papers.Filler(new Dictionary<string, Value> { ["X"] = Value.Of(value) }));

        Assert.Contains($"<p>{System.Net.WebUtility.HtmlEncode(value)}</p>", filled, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_may_load_nothing_and_run_nothing()
    {
        Assert.Contains("default-src 'none'", Fill("<html><head><title>x</title></head><body/></html>", Papers.Filler()), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Fill("<html><body/></html>", Papers.Filler()), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Fill("<p/>", Papers.Filler()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_product_placeholders_stands_once_per_product()
    {
        var filled = Fill("<table><tbody><tr><td>{=Products:NAME}</td><td>{=Products:SUM}</td></tr></tbody></table><p>{=Products:TOTAL}</p>", Papers.WithProducts(new("A<b>", 1, 1, 1, "EUR"), new("{=Document:ID}", 1, 2, 2, "EUR")), wrap: true);

        Assert.Contains("<tr><td>A&lt;b&gt;</td><td>1.00 EUR</td></tr><tr><td>{=Document:ID}</td><td>2.00 EUR</td></tr></tbody></table><p>3.00 EUR</p>", filled, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_a_value_are_lines_and_lines_of_the_template_are_not() =>
        Assert.Contains("<p>Dear\nclient, first line<br>second line", Fill("<p>Dear\nclient, {=Document:COMMENTS}</p>", Papers.Filler()), StringComparison.Ordinal);

    [Fact]
    public void Named_characters_are_understood() => Assert.Contains("a&#160;b", Fill("<!DOCTYPE html><p>a&nbsp;b</p>", Papers.Filler()), StringComparison.Ordinal);

    private static string Fill(string html, PaperFiller filler, bool wrap = false)
    {
        var template = Encoding.UTF8.GetBytes(wrap ? $"<div>{html}</div>" : html);
        _ = Html.Inspect(template);
        return Encoding.UTF8.GetString(Html.Fill(template, filler));
    }
}

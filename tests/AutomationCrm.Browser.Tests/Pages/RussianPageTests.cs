using System.Xml;
using System.Xml.Linq;
using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Somebody who reads Russian reads no English but what people and programs have written themselves.</summary>
[Collection(PortalTests.Name)]
public sealed class RussianPageTests(PortalFixture portal)
{
    [Fact]
    public async Task The_pages_show_no_text_of_another_language()
    {
        var deal = await portal.TakeDealAsync();
        await portal.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"STAGE_ID":"PREPARATION"}}""");
        var english = English();
        await portal.ExecuteAsync("update person set language = 'ru-RU' where is_admin and not is_demo");
        try
        {
            await using var test = await portal.OpenAsync("/deals");
            string[] pages =
            [
                "/deals", "/deals/list", $"/deals/{deal}", $"/deals/{deal}/edit", $"/deals/{deal}/timeline", $"/deals/{deal}/tasks", $"/deals/{deal}/automation", "/deals/new", "/leads", "/companies", "/contacts",
                "/tasks", "/attention", "/notifications", "/search?q=a", "/automation", "/automation/deals/0", "/outbox", "/webhooks", "/import", "/people", "/people/new", "/account", "/account/password", "/account/sessions", "/nowhere",
                "/calendar", "/web-forms", "/web-forms/0/2", "/automation/deals/0/trigger?stage=PREPARATION&type=date_reached", "/automation/deals/0/shipped", "/global-values", "/recycle-bin", "/account/second-factor",
                "/automation/deals/0/robot?stage=NEW&type=send_email", "/automation/deals/0/robot?stage=NEW&type=wait_for", "/automation/deals/0/scripts", "/automation/launches", "/automation/deals/0/problems", "/automation/deals/0/usage",
                "/automation/deals/0/guide", "/automation/deals/0/transfer", "/document-templates", "/runs", "/mail", "/messages", "/people/departments",
            ];
            foreach (var page in pages)
            {
                await test.GoAsync(page);
                var shown = await test.Page.Locator("body").InnerTextAsync();
                Assert.Equal([], english.Where(text => shown.Contains(text, StringComparison.Ordinal)).Select(text => $"{page}: {text}"));
            }

            test.AssertQuiet();
        }
        finally
        {
            await portal.ExecuteAsync("update person set language = 'en-US' where is_admin and not is_demo");
        }
    }

    /// <summary>Sentences that have a Russian twin; single words stand in names of robots and deals too.</summary>
    private static List<string> English()
    {
        var (english, russian) = (Read("Texts.resx"), Read("Texts.ru.resx"));
        return [.. english.Where(t => t.Value.Length >= 12 && t.Value.Contains(' ', StringComparison.Ordinal) && !t.Value.Contains('{', StringComparison.Ordinal) && russian.GetValueOrDefault(t.Key) is { } twin && twin != t.Value).Select(t => t.Value).Distinct(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> Read(string name)
    {
        using var reader = XmlReader.Create(Path.Combine(Repository.Web, "Resources", name), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);
    }
}

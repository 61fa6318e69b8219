using System.Text;
using System.Text.Json;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>The app's REST door with the webhook of the first run: what a program does while somebody looks at a page.</summary>
internal static class RestCalls
{
    public static async Task CallAsync(this BrowserFixture portal, string method, string body)
    {
        using var note = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(portal.App.DataDirectory, "first-run.json")));
        var hook = new Uri(note.RootElement.GetProperty("webhookUrl").GetString()!);
        using var client = new HttpClient { BaseAddress = portal.App.Address };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(hook.AbsolutePath + method, UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, $"{method}: {await answer.Content.ReadAsStringAsync()}");
    }
}

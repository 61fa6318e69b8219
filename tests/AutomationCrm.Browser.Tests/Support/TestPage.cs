using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>A page that collects what a visitor would not see: CSP violations, script errors, requests to other hosts.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private readonly ConcurrentQueue<string> failures = new();
    private readonly AppHost app;

    public TestPage(IPage page, IBrowserContext context, AppHost app)
    {
        Page = page;
        this.context = context;
        this.app = app;
        page.Response += (_, response) =>
        {
            // The sample pages fail on purpose.
            if (response.Status >= 500 && !response.Url.Contains("/dev/", StringComparison.Ordinal)) failures.Enqueue($"{response.Status} {response.Request.Method} {new Uri(response.Url).PathAndQuery}");
        };
        page.Console += (_, message) =>
        {
            // A refused request is an answer here; the pages show it themselves.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Host is var host and not "127.0.0.1") complaints.Enqueue($"request to {host}");
        };
    }

    public IPage Page { get; }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
    }

    /// <summary>No CSP violation, no script error, no foreign request until now.</summary>
    public void AssertQuiet() => Assert.True(complaints.IsEmpty, string.Join('\n', complaints));

    /// <summary>A failure of the server explains a failed expectation better than the page does: it is told with the app's log.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        if (!failures.IsEmpty) throw new InvalidOperationException($"The app failed:\n{string.Join('\n', failures)}\n{string.Join('\n', app.Log.Split('\n').TakeLast(200))}");
    }
}

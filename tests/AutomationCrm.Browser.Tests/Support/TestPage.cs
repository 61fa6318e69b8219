using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>A page that collects what a visitor would not see: CSP violations, script errors, requests to other hosts.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    public TestPage(IPage page, IBrowserContext context)
    {
        Page = page;
        this.context = context;
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

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

using System.Collections.Concurrent;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class LiveTests(BrowserFixture browser)
{
    [Fact]
    public async Task What_was_missed_while_the_connection_was_lost_shows_after_the_reconnect()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        var sockets = new ConcurrentQueue<IWebSocketRoute>();
        var down = false;
        await using var other = new SampleBoardPage(await browser.OpenAsync("/dev/palette"));
        await other.Page.RouteWebSocketAsync(url => url.Contains("/hub/live", StringComparison.Ordinal), socket =>
        {
            socket.ConnectToServer();
            sockets.Enqueue(socket);
        });
        await other.Page.RouteAsync("**/hub/live/negotiate**", route => down ? route.AbortAsync() : route.ContinueAsync());
        await other.Page.GotoAsync("/dev/board");
        await Expect(other.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();

        down = true;
        foreach (var socket in sockets) await socket.CloseAsync(new() { Code = 1011, Reason = "lost on purpose" });
        await Expect(other.Page.Locator("crm-live[data-state=lost]")).ToBeAttachedAsync();
        await board.MoveByMenuAsync(2, "In progress");
        await board.CountIsAsync("EXECUTING", 15);
        await other.CountIsAsync("EXECUTING", 14);
        down = false;

        await Expect(other.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await other.CountIsAsync("EXECUTING", 15);
        await Expect(other.CardIn("EXECUTING", 2)).ToBeAttachedAsync();
    }
}

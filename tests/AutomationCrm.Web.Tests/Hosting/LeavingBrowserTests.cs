using AutomationCrm.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Web.Tests.Hosting;

public sealed class LeavingBrowserTests
{
    [Fact]
    public async Task A_request_is_brought_to_its_end_when_its_browser_has_left_and_error_pages_still_see_it()
    {
        using var left = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = left.Token, Request = { Path = "/deals/1" } };
        await left.CancelAsync();

        Assert.False((await RunAsync(context)).CanBeCanceled);
        Assert.True(context.RequestAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task A_live_connection_ends_with_its_browser()
    {
        using var left = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = left.Token, Request = { Path = "/hub/live" } };

        Assert.Equal(left.Token, await RunAsync(context));
    }

    private static async Task<CancellationToken> RunAsync(HttpContext context)
    {
        CancellationToken seen = default;
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        app.UseUninterrupted();
        app.Run(inner =>
        {
            seen = inner.RequestAborted;
            return Task.CompletedTask;
        });
        await app.Build()(context);
        return seen;
    }
}

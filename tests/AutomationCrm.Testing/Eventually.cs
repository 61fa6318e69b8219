using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AutomationCrm.Testing;

/// <summary>Waits for a condition instead of sleeping; polls from 5 ms up to 100 ms.</summary>
public static class Eventually
{
    // Only a condition that never comes true waits so long; a busy machine may need most of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task Async(Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Async(() => Task.FromResult(condition()), timeout, what);

    /// <exception cref="TimeoutException">The condition did not become true; the message quotes it.</exception>
    public static async Task Async(Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var waited = Stopwatch.StartNew();
        for (var pause = 5; !await condition(); pause = Math.Min(pause * 2, 100))
        {
            if (waited.Elapsed > (timeout ?? Patience)) throw new TimeoutException($"Not true after {waited.Elapsed.TotalSeconds:0.0} s: {what}");
            await Task.Delay(pause);
        }
    }

    /// <summary>Waits until the reader answers something that is not null, and returns it.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> read, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(read))] string what = "")
        where T : class
    {
        T? found = null;
        await Async(async () => (found = await read()) is not null, timeout, what);
        return found!;
    }
}

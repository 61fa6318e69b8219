using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Testing;

public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Timers_fire_in_order_each_at_its_due_time()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<string>();
        void Note(string name) => fired.Add($"{name} {(_clock.GetUtcNow() - start).TotalSeconds}");
        using var late = _clock.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = _clock.CreateTimer(_ => Note("often"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using (_clock.CreateTimer(_ => Note("never"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan))
        {
        }

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["often 2", "often 4", "late 5", "often 6"], fired);
        Assert.Equal(1, _clock.ActiveTimers);
    }

    [Fact]
    public void Time_measured_by_timestamps_is_the_time_advanced()
    {
        var before = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1234));

        Assert.Equal(TimeSpan.FromMilliseconds(1234), _clock.GetElapsedTime(before));
    }

    [Fact]
    public async Task Delays_and_periodic_timers_of_the_framework_run_on_it()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), _clock);
        var tick = timer.WaitForNextTickAsync().AsTask();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await Task.WhenAll(tick, delay).WaitAsync(TimeSpan.FromSeconds(60));
    }
}

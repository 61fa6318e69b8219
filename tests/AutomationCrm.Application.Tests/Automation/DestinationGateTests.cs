using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Testing;

namespace AutomationCrm.Application.Tests.Automation;

public class DestinationGateTests
{
    private readonly FakeClock clock = new();
    private readonly DestinationGate gate;

    public DestinationGateTests() => gate = new(clock);

    [Fact]
    public void A_destination_gets_a_few_calls_at_a_time_and_others_are_not_touched()
    {
        for (var i = 0; i < DestinationGate.MostAtOnce; i++) Assert.Null(gate.Enter("https://slow.example"));

        Assert.NotNull(gate.Enter("https://slow.example"));
        Assert.Null(gate.Enter("https://other.example"));
        gate.Leave("https://slow.example", alive: true);
        Assert.Null(gate.Enter("https://slow.example"));
    }

    [Fact]
    public void After_failures_in_a_row_a_destination_rests_and_then_one_call_tries()
    {
        Fail(DestinationGate.FailuresToClose);

        Assert.Equal(DestinationGate.FirstPause, gate.Enter("https://dead.example"));
        clock.Advance(DestinationGate.FirstPause);
        Assert.Null(gate.Enter("https://dead.example"));
        Assert.NotNull(gate.Enter("https://dead.example"));
    }

    [Fact]
    public void Each_failed_trial_doubles_the_rest_up_to_a_limit()
    {
        Fail(DestinationGate.FailuresToClose);
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            pauses.Add(gate.Enter("https://dead.example")!.Value);
            clock.Advance(pauses[^1]);
            Fail(1);
        }

        Assert.Equal([30, 60, 120, 240, 480, 600, 600, 600], pauses.Select(p => p.TotalSeconds));
    }

    [Fact]
    public void A_success_opens_it_again()
    {
        Fail(DestinationGate.FailuresToClose);
        clock.Advance(DestinationGate.FirstPause);
        gate.Enter("https://dead.example");
        gate.Leave("https://dead.example", alive: true);

        for (var i = 0; i < DestinationGate.MostAtOnce; i++) Assert.Null(gate.Enter("https://dead.example"));
    }

    [Fact]
    public void Failures_with_successes_between_them_do_not_add_up()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(DestinationGate.FailuresToClose - 1);
            Assert.Null(gate.Enter("https://dead.example"));
            gate.Leave("https://dead.example", alive: true);
        }
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(gate.Enter("https://dead.example"));
            gate.Leave("https://dead.example", alive: false);
        }
    }
}

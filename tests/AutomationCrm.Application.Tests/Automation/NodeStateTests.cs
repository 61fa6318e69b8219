using AutomationCrm.Application.Hosting;
using AutomationCrm.Testing;

namespace AutomationCrm.Application.Tests.Automation;

public class NodeStateTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly FakeClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_lease_counts_from_the_question_however_late_the_answer_is()
    {
        var node = new NodeState(clock);
        var asked = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(6));
        node.Joined(1, Lease, asked);
        Assert.True(node.HasLease);

        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.False(node.HasLease);

        asked = clock.GetTimestamp();
        clock.Advance(Lease);
        node.Renewed(Lease, asked);
        Assert.False(node.HasLease);
    }

    [Fact]
    public void A_node_that_never_joined_has_no_lease() => Assert.False(new NodeState(clock).HasLease);
}

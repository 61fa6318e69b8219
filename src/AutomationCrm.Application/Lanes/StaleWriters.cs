using System.Diagnostics.Metrics;

namespace AutomationCrm.Application.Lanes;

/// <summary>Counts writers that were refused because another node had taken over their work (invariant I10): the counter <c>crm.stale_writes</c> of the meter <c>AutomationCrm</c>, by <c>work</c>.</summary>
public sealed class StaleWriters : IDisposable
{
    public const string Lane = "lane";
    public const string Delivery = "delivery";
    public const string Import = "import";

    private readonly Meter meter = new("AutomationCrm");

    public StaleWriters() => Counter = meter.CreateCounter<long>("crm.stale_writes", "{write}", "Writers that were refused because another node had taken over their work.");

    public Counter<long> Counter { get; }

    public void Refused(string work) => Counter.Add(1, new KeyValuePair<string, object?>("work", work));

    public void Dispose() => meter.Dispose();
}

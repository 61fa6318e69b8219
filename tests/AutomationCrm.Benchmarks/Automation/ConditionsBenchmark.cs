using System.Diagnostics;
using System.Text.Json;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>A compiled condition of five comparisons, evaluated on one core as a robot does it, each row's operands kept.</summary>
internal static class ConditionsBenchmark
{
    private const string Text = """
        {"all":[{"field":"Document:OPPORTUNITY","op":"gt","value":"1000"},{"field":"Document:STAGE_ID","op":"eq","value":"NEW"},{"field":"Document:TITLE","op":"contains","value":"chair"},
        {"any":[{"field":"Document:ASSIGNED_BY_ID","op":"eq","value":"7"},{"field":"Document:OPENED","op":"eq","value":"Y"}]}]}
        """;

    /// <param name="evaluations">How many to measure.</param>
    public static int Run(int evaluations)
    {
        using var json = JsonDocument.Parse(Text);
        var (condition, problems) = ConditionJson.Read(json.RootElement);
        if (condition is null || problems.Length > 0) throw new InvalidOperationException(string.Join(" ", problems.Select(p => p.Message)));

        var (source, context, figures) = (new Fields(), new EvaluationContext(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), new Figures());
        var rates = new List<double>();
        var bytes = 0d;
        Turn(condition, source, context, Math.Min(evaluations, 200_000));
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            rates.Add(Turn(condition, source, context, evaluations));
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)evaluations;
        }

        figures.Add("conditions_per_s", Figures.Median(rates));
        figures.Add("bytes_each", bytes);
        figures.Print();
        return 0;
    }

    private static double Turn(Condition condition, IValueSource source, EvaluationContext context, int evaluations)
    {
        var (clock, held) = (Stopwatch.StartNew(), 0);
        for (var i = 0; i < evaluations; i++)
            if (condition.Evaluate(source, context).Holds) held++;
        if (held != evaluations) throw new InvalidOperationException("The condition is not true.");
        return evaluations / clock.Elapsed.TotalSeconds;
    }

    private sealed class Fields : IValueSource
    {
        private static readonly Value Amount = Value.Of(5_000m);
        private static readonly Value Stage = Value.Of("NEW");
        private static readonly Value Title = Value.Of("Forty chairs for the office");
        private static readonly Value Responsible = new UserValue(8);

        public Value? Get(string path) => path switch
        {
            "Document:OPPORTUNITY" => Amount,
            "Document:STAGE_ID" => Stage,
            "Document:TITLE" => Title,
            "Document:ASSIGNED_BY_ID" => Responsible,
            "Document:OPENED" => Value.True,
            _ => null,
        };
    }
}

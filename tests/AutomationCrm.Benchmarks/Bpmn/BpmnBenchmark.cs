using System.Diagnostics;
using System.Globalization;
using System.Text;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Benchmarks.Bpmn;

/// <summary>
/// Elements executed per second on one core, in memory: an element is an activity, event or gateway that completes.
/// Each service task is one signal of its own, as in the product. The last line printed is one JSON object.
/// </summary>
internal static class BpmnBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args)
    {
        var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1.0;
        var results = new List<string>();
        foreach (var (name, xml) in BpmnModels.All())
        {
            var model = ModelCompiler.Compile(BpmnFile.Read(xml), "P").Model!;
            foreach (var saves in new[] { false, true })
            {
                var (rate, bytes) = Measure(model, saves, seconds);
                var label = saves ? name + "_saved" : name;
                Console.WriteLine($"{label,-28} {rate,12:N0} elements/s {bytes,8:N0} bytes/step");
                results.Add(string.Create(CultureInfo.InvariantCulture, $"\"{label}\":{{\"elements_per_second\":{rate:F0},\"bytes_per_step\":{bytes:F0}}}"));
            }
        }

        foreach (var tokens in new[] { 1, 10, 100, 1000 })
        {
            var (micros, bytes) = StepCost(tokens);
            Console.WriteLine($"step with {tokens,5} tokens {micros,10:F2} µs {bytes,8:N0} bytes {bytes / tokens,8:N1} bytes/token");
            results.Add(string.Create(CultureInfo.InvariantCulture, $"\"step_us_{tokens}_tokens\":{micros:F2},\"step_bytes_{tokens}_tokens\":{bytes:F0}"));
        }

        var parse = ParseTime(out var size, out var elements);
        Console.WriteLine($"parse and compile {elements} elements ({size / 1024} KB): {parse:F1} ms");
        results.Add(string.Create(CultureInfo.InvariantCulture, $"\"parse_500_ms\":{parse:F2}"));
        var waiting = WaitingSize();
        Console.WriteLine($"state of a waiting instance of 20 elements: {waiting} bytes");
        results.Add($"\"waiting_state_bytes\":{waiting}");
        Console.WriteLine("{" + string.Join(',', results) + "}");
        return 0;
    }

    private static (double Rate, double Bytes) Measure(ProcessModel model, bool saves, double seconds)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 1;) Play(model, saves, out _, out _);
        var (elements, steps) = (0L, 0L);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            Play(model, saves, out var e, out var s);
            elements += e;
            steps += s;
        }

        var elapsed = clock.Elapsed.TotalSeconds;
        return (elements / elapsed, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)steps);
    }

    private static void Play(ProcessModel model, bool saves, out long elements, out long steps)
    {
        (elements, steps) = (0, 0);
        var work = new Queue<int>();
        var state = Take(Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = Now }), ref elements, work);
        for (steps = 1; work.TryDequeue(out var id); steps++)
        {
            if (saves) StateJson.Write(model, state);
            state = Take(Interpreter.Advance(model, state, new CompleteActivity(id) { Now = Now }), ref elements, work);
        }

        if (state.Status != InstanceStatus.Completed) throw new InvalidOperationException($"{model.Id} did not end.");
    }

    private static ProcessState Take(Step step, ref long elements, Queue<int> work)
    {
        foreach (ref readonly var entry in step.History.AsSpan())
            if (entry.Kind == HistoryKind.Completed) elements++;
        foreach (var command in step.Commands)
            if (command is StartWork start) work.Enqueue(start.Id);
        return step.State;
    }

    private static (double Micros, double Bytes) StepCost(int tokens)
    {
        var model = ModelCompiler.Compile(BpmnFile.Read(BpmnModels.Wide(tokens)), "P").Model!;
        var (elements, work) = (0L, new Queue<int>());
        var state = Take(Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = Now }), ref elements, work);
        var ids = work.ToArray();
        var rounds = Math.Max(2000, 200_000 / tokens);
        for (var i = 0; i < rounds; i++) Interpreter.Advance(model, state, new CompleteActivity(ids[i % ids.Length]) { Now = Now });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var best = double.MaxValue;
        const int batches = 20;
        for (var batch = 0; batch < batches; batch++)
        {
            // The best batch: on a shared machine the others measure the neighbours.
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < rounds / batches; i++) Interpreter.Advance(model, state, new CompleteActivity(ids[i % ids.Length]) { Now = Now });
            best = Math.Min(best, clock.Elapsed.TotalMicroseconds / (rounds / batches));
        }

        return (best, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(rounds / batches * batches));
    }

    private static double ParseTime(out int size, out int elements)
    {
        var bytes = Encoding.UTF8.GetBytes(BpmnModels.Large(500));
        size = bytes.Length;
        elements = 0;
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var clock = Stopwatch.StartNew();
            using var stream = new MemoryStream(bytes);
            elements = ModelCompiler.Compile(BpmnFile.Read(stream), "P").Model!.Nodes.Count;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static int WaitingSize()
    {
        var model = ModelCompiler.Compile(BpmnFile.Read(BpmnModels.Linear(18)), "P").Model!;
        var state = Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = Now }).State;
        return StateJson.Write(model, state).Length;
    }
}

using System.Globalization;
using AutomationCrm.Benchmarks.Automation;
using AutomationCrm.Benchmarks.Bpmn;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Benchmarks.Start;

switch (args.FirstOrDefault())
{
    case "bpmn":
        return BpmnBenchmark.Run(args[1..]);
    case "stage-changes":
        return await StageChangesBenchmark.RunAsync(args[1..]);
    case "robots":
        return await RobotsBenchmark.RunAsync(Size(10_000));
    case "fair":
        return await FairBenchmark.RunAsync(Size(20_000));
    case "timers":
        return await TimersBenchmark.RunAsync(Size(1_000_000), args.Length > 2 && int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : 60);
    case "conditions":
        return ConditionsBenchmark.Run(Size(3_000_000));
    case "start":
        return await StartBenchmark.RunAsync();
    case "bare-endpoint":
        return await BareEndpoint.RunAsync(args[1]);
    default:
        Console.Error.WriteLine("usage: bpmn [seconds per measurement] | stage-changes [quick] [intake] [drain] [idle] | robots [items] | fair [items] | timers [waiting] [seconds] | conditions [evaluations] | start");
        return 2;
}

int Size(int usual) => args.Length > 1 && int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : usual;

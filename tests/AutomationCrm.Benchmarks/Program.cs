using AutomationCrm.Benchmarks.Bpmn;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Benchmarks.Start;

switch (args.FirstOrDefault())
{
    case "bpmn":
        return BpmnBenchmark.Run(args[1..]);
    case "stage-changes":
        return await StageChangesBenchmark.RunAsync(args[1..]);
    case "start":
        return await StartBenchmark.RunAsync();
    case "bare-endpoint":
        return await BareEndpoint.RunAsync(args[1]);
    default:
        Console.Error.WriteLine("usage: bpmn [seconds per measurement] | stage-changes [quick] [intake] [drain] [idle] | start");
        return 2;
}

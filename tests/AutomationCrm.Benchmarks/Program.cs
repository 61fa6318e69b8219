using AutomationCrm.Benchmarks.Bpmn;

switch (args.FirstOrDefault())
{
    case "bpmn":
        return BpmnBenchmark.Run(args[1..]);
    default:
        Console.Error.WriteLine("usage: bpmn [seconds per measurement]");
        return 2;
}

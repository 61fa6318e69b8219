using AutomationCrm.Bpmn.Scenarios;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: AutomationCrm.Bpmn.Scenarios <manifest.json> [--case id]");
    return 2;
}

var only = Array.IndexOf(args, "--case") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
var (passed, failed) = (0, 0);
foreach (var (id, problem) in ManifestRunner.Run(args[0], only))
{
    Console.WriteLine(problem is null ? $"pass {id}" : $"FAIL {id}: {problem}");
    if (problem is null) passed++;
    else failed++;
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

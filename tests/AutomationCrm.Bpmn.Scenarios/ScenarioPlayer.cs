using System.Text.Json;
using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Simulation;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Timing;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>Plays the steps of one run in a simulator.</summary>
internal sealed class ScenarioPlayer
{
    private const int MaxCompletions = 10_000;

    private readonly ScenarioRun run;
    private readonly ScenarioModels models;
    private readonly DriverScripts scripts;
    private readonly Simulator simulator;
    private readonly List<string> errors = [];

    public ScenarioPlayer(List<BpmnFile> files, ScenarioRun run)
    {
        this.run = run;
        models = new(files, run);
        scripts = new(run);
        simulator = new(models.All, new() { Work = scripts.Do, Keep = SaveAndLoad, StartsByTimer = m => HasPlainEntry(m) || !IsStarted(m) });
    }

    public void Play()
    {
        for (var i = 0; i < run.Steps.Count; i++)
        {
            try
            {
                Do(run.Steps[i]);
            }
            catch (SimulationException stopped)
            {
                errors.Add(stopped.Message);
            }
            catch (ScenarioFailedException failed)
            {
                throw new ScenarioFailedException($"step {i + 1} {run.Steps[i].GetRawText()}: {failed.Message}{Problems()}");
            }
        }

        if (ExpectationCheck.Problem(simulator, run.Expect) is { } problem) throw new ScenarioFailedException(problem + Problems());
    }

    // Every state goes through its stored form, so each scenario also proves that nothing is lost there.
    private static ProcessState SaveAndLoad(ProcessModel model, ProcessState state) => StateJson.Read(model, StateJson.Write(model, state));

    private string Problems() => HasError ? $" ({string.Join("; ", errors.Concat(simulator.Incidents.Select(i => $"{i.Element?.Id}: {i.Message}")))})" : "";

    private bool HasError => errors.Count + simulator.Incidents.Count > 0 || simulator.Instances.Any(i => i.State.Status == InstanceStatus.Failed);

    private IEnumerable<(SimulatedInstance Instance, WaitingElement Waiting)> Waiting() =>
        simulator.Instances.Where(i => i.State.IsActive).SelectMany(i => StateView.Waiting(i.Model, i.State).Select(w => (i, w)));

    private IEnumerable<string> WaitingIds() => Waiting().SelectMany(w => w.Waiting switch
    {
        { Problem: not null } => [],
        { Element: EventBasedGateway gateway } => gateway.Outgoing.Select(f => f.Target.Id),
        { Element: CallActivity { GlobalTask: null } } => [],
        { Element: var element } => [element.Id],
    });

    private void Do(JsonElement step)
    {
        foreach (var property in step.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "start": Start(value.GetString()!, Variables(step)); return;
                case "start_by_message": StartByMessage(value.GetString()!, Variables(step)); return;
                case "complete": Complete(value.GetString()!, Variables(step)); return;
                case "complete_all_of": CompleteAll(Ids(value)); return;
                case "message": simulator.Message(value.GetString()!, Variables(step), null, step.TryGetProperty("to", out var to) ? to.GetString() : null); return;
                case "signal": simulator.Signal(value.GetString()!, Variables(step)); return;
                case "set_variables": simulator.Change(JsonValues.Set(value)); return;
                case "advance_clock": AdvanceClock(value.GetString()!); return;
                case "activate_in": Activate(value.GetString()!, step.GetProperty("activity").GetString()!); return;
                case "expect_enabled_in": ExpectSame(Enabled(value.GetString()!), Ids(step.GetProperty("activities")), "enabled"); return;
                case "expect_waiting": ExpectSame(WaitingIds(), Ids(value), "waiting"); return;
                case "expect_ended": Expect(IsEnded() == value.GetBoolean(), $"waiting [{string.Join(", ", WaitingIds())}]"); return;
                case "expect_active": Expect(simulator.Instances.Any(i => i.State.IsActive) == value.GetBoolean(), "no instance is active"); return;
                case "expect_error": Expect(HasError == value.GetBoolean(), HasError ? "an error or incident was raised" : "no error or incident was raised"); return;
            }
        }

        throw new ScenarioFailedException("this step is not known");
    }

    private bool IsEnded() => simulator.Instances.Count > 0 && !simulator.Instances.Any(i => i.State.IsActive);

    private static VariableSet Variables(JsonElement step) => step.TryGetProperty("variables", out var variables) ? JsonValues.Set(variables) : VariableSet.Empty;

    private static List<string> Ids(JsonElement list) => list.ValueKind == JsonValueKind.String ? [list.GetString()!] : [.. list.EnumerateArray().Select(e => e.GetString()!)];

    private static void Expect(bool holds, string problem)
    {
        if (!holds) throw new ScenarioFailedException(problem);
    }

    private static void ExpectSame(IEnumerable<string> found, IEnumerable<string> expected, string what)
    {
        var (one, other) = (found.Order(StringComparer.Ordinal).ToList(), expected.Order(StringComparer.Ordinal).ToList());
        if (!one.SequenceEqual(other)) throw new ScenarioFailedException($"{what} are [{string.Join(", ", one)}]");
    }

    private void Start(string processId, VariableSet variables)
    {
        if (models.WhyRefused(processId) is { } refused)
        {
            errors.Add(refused);
            return;
        }

        // A process that can only be started by a trigger is started as if that had occurred.
        var model = models.All.First(m => m.Id == processId);
        var trigger = model.Scopes[0].Nodes.Count > 0 && !HasPlainEntry(model) ? Starts.Triggers(model).Select(t => t.Start.Id).FirstOrDefault() : null;
        simulator.Start(processId, variables, trigger);
    }

    private bool IsStarted(ProcessModel model) => run.Steps.Exists(s => s.TryGetProperty("start", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() == model.Id);

    private static bool HasPlainEntry(ProcessModel model) =>
        model.StartEvents.Any(s => s.Definitions.Count == 0) || !model.StartEvents.Any() && !Starts.Triggers(model).Any();

    private void StartByMessage(string name, VariableSet variables)
    {
        foreach (var (model, start) in Starts.ByMessage(models.All, name))
        {
            simulator.Start(model.Id, variables, start.Id);
            return;
        }

        throw new ScenarioFailedException("no process is started by this message");
    }

    private void Complete(string id, VariableSet variables)
    {
        var (instance, waiting) = Waiting().FirstOrDefault(w => w.Waiting.Element.Id == id && w.Waiting.Problem is null);
        if (instance is null) throw new ScenarioFailedException($"'{id}' does not wait, only [{string.Join(", ", WaitingIds())}]");
        Finish(instance, waiting, variables);
    }

    private void Finish(SimulatedInstance instance, WaitingElement waiting, VariableSet variables)
    {
        var all = scripts.Values(instance, waiting.Element.Id, waiting.Id).With(variables);
        var step = simulator.Send(instance, now => new CompleteActivity(waiting.Id) { Now = now, Variables = all });
        if (step.Ignored is { } reason) throw new ScenarioFailedException(reason);
        if (instance.State.IsActive && all.Any(v => !instance.State.Variables.Has(v.Key)) && waiting.Element is Activity { Loop: MultiInstance { OutputCollection: not null } })
            simulator.Send(instance, now => new SetVariables { Now = now, Variables = all });
    }

    private void CompleteAll(List<string> ids)
    {
        for (var i = 0; i < MaxCompletions; i++)
        {
            var (instance, waiting) = Waiting().FirstOrDefault(w => ids.Contains(w.Waiting.Element.Id) && w.Waiting.Problem is null);
            if (instance is null) return;
            Finish(instance, waiting, VariableSet.Empty);
        }

        throw new ScenarioFailedException("they never stop waiting");
    }

    private void AdvanceClock(string text)
    {
        if (!IsoDuration.TryParse(text, out var duration)) throw new ScenarioFailedException($"'{text}' is no duration");
        simulator.AdvanceTo(duration.After(simulator.Now, TimeZoneInfo.Utc));
    }

    private (SimulatedInstance Instance, ActiveScope Scope) AdHoc(string id)
    {
        foreach (var instance in simulator.Instances.Where(i => i.State.IsActive))
            foreach (var scope in StateView.Scopes(instance.Model, instance.State))
                if (scope.Element.Id == id && !scope.IsLoopBody) return (instance, scope);
        throw new ScenarioFailedException($"'{id}' is not active");
    }

    private void Activate(string id, string activity)
    {
        var (instance, scope) = AdHoc(id);
        if (simulator.Send(instance, now => new ChooseActivity(scope.Id, activity) { Now = now }).Ignored is { } reason) errors.Add(reason);
    }

    private IEnumerable<string> Enabled(string id)
    {
        var (instance, scope) = AdHoc(id);
        var adHoc = (AdHocSubProcess)scope.Element;
        var isBusy = StateView.Waiting(instance.Model, instance.State).Any(w => w.Element.Container == adHoc.Content);
        return adHoc.IsSequential && isBusy ? [] : adHoc.Offered.Select(a => a.Id);
    }
}

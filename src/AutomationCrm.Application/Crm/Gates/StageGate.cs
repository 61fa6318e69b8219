using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Gates;

/// <summary>
/// Asks for the fields a stage requires, on every way onto it and whenever one is emptied there. People are always asked; programs and
/// automation as <see cref="StageGates"/> say; imports, restored items and undone moves never.
/// </summary>
public static class StageGate
{
    /// <summary>The refusal's code; it names all missing fields.</summary>
    public const string Code = "stage.required";

    /// <summary>The timeline's word for a move that went through, and for one of a trigger that did not.</summary>
    private const string Passed = "gate_passed";
    private const string Held = "gate_held";

    /// <summary>Required fields of a stage that an item lacks.</summary>
    internal static IReadOnlyList<string> Missing(IUnitOfWork work, Item item, Stage stage) =>
        work.Portal.RequiredOn(stage) is { Count: > 0 } required ? [.. required.Where(code => IsEmpty(item, code))] : [];

    /// <summary>An amount of zero is none, as in Bitrix24.</summary>
    public static bool IsEmpty(Item item, string code) => item[code].IsEmpty || (code == FieldCodes.Amount && item[code] is NumberValue { Number: 0 });

    /// <summary>Before an item goes onto a stage.</summary>
    /// <returns>False when it must stay and nobody is there to be refused: a trigger's move would take along what set it off.</returns>
    /// <exception cref="RuleBrokenException"><see cref="Code"/>.</exception>
    internal static async ValueTask<bool> MayEnterAsync(IUnitOfWork work, Item item, Stage stage, CancellationToken ct)
    {
        var missing = Missing(work, item, stage);
        if (missing.Count == 0) return true;

        var policy = PolicyOf(work, stage);
        if (policy == GatePolicy.Ignore) return true;
        if (policy == GatePolicy.Enforce && work.Caller.Origin != Origin.Trigger) throw Refusal(stage, missing);

        await NoteAsync(work, item, policy == GatePolicy.Warn ? Passed : Held, stage, missing, ct);
        return policy == GatePolicy.Warn;
    }

    /// <summary>After fields of an item were changed that stays on its stage: what is required there may not be emptied.</summary>
    /// <param name="lackedBefore">What <see cref="Missing"/> said before; whoever changes something else is not asked for it.</param>
    internal static async ValueTask RequireKeptAsync(IUnitOfWork work, Item item, Stage stage, IReadOnlyList<string> lackedBefore, CancellationToken ct)
    {
        if (Missing(work, item, stage) is not { Count: > 0 } missing) return;

        IReadOnlyList<string> emptied = [.. missing.Except(lackedBefore)];
        if (emptied.Count == 0) return;

        var policy = PolicyOf(work, stage);
        if (policy == GatePolicy.Enforce) throw Refusal(stage, emptied);
        if (policy == GatePolicy.Warn) await NoteAsync(work, item, Passed, stage, emptied, ct);
    }

    private static GatePolicy PolicyOf(IUnitOfWork work, Stage stage)
    {
        var gates = work.Portal.GatesOf(stage.TypeId, stage.PipelineId);
        return work.Caller.Origin switch
        {
            Origin.Page => GatePolicy.Enforce,
            Origin.Rest or Origin.Form => gates.Programs,
            Origin.Robot or Origin.Trigger => gates.Automation,
            _ => GatePolicy.Ignore,
        };
    }

    private static RuleBrokenException Refusal(Stage stage, IReadOnlyList<string> missing) =>
        new(Code, $"Stage {stage.Name} requires {string.Join(", ", missing)}.", missing[0]) { Fields = missing };

    private static async ValueTask NoteAsync(IUnitOfWork work, Item item, string kind, Stage stage, IReadOnlyList<string> missing, CancellationToken ct) =>
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = kind,
            At = work.Now,
            ActorId = work.Caller.PersonId,
            Subject = stage.Name,
            Text = string.Join('\n', missing),
            RunId = work.Caller.Cause?.RunId is > 0 and var run ? run : null,
            RobotRunId = work.Caller.Cause?.RobotRunId is > 0 and var robot ? robot : null,
        });
}

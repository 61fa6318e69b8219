using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>One failure of a robot, to be told to the owner of its automation.</summary>
/// <param name="PersonId">The author of the stage's newest version.</param>
/// <param name="Place">The automation and the robot: <c>2:PREPARATION/r1</c>.</param>
public sealed record FailureNotice(long Id, long PersonId, string Place, string Text, int TypeId, long ItemId, long RunId, long RobotRunId, DateTimeOffset At);

/// <summary>
/// Tells the owner of an automation that a robot failed: one open notification per automation and robot, which counts; when it has
/// been read, the next failure makes a new one.
/// </summary>
internal static class FailureNotices
{
    public static ValueTask TellAsync(Run run, RobotRun robotRun, string message, IUnitOfWork work, CancellationToken ct) =>
        AddAsync(run, robotRun.Id, robotRun.RobotKey, $"{robotRun.Name}: {message}", work, ct);

    /// <summary>Tells of something that stopped the whole run.</summary>
    public static ValueTask TellAsync(Run run, string text, IUnitOfWork work, CancellationToken ct) => AddAsync(run, 0, "", text, work, ct);

    private static async ValueTask AddAsync(Run run, long robotRunId, string robotKey, string text, IUnitOfWork work, CancellationToken ct)
    {
        var key = StageAutomation.KeyOf(run.TypeId, run.StageId);
        if (work.Portal.StageAutomations.GetValueOrDefault(key) is not { } version || !work.Portal.People.ContainsKey(version.AuthorId)) return;

        var notice = new FailureNotice(await work.NextIdAsync(ct), version.AuthorId, $"{key}/{robotKey}", text, run.TypeId, run.ItemId, run.Id, robotRunId, work.Now);
        work.Changes.Add(work.Changes.FailureNotices, notice);
        work.Hint(Topics.Person(version.AuthorId));
    }
}

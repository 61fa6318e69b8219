using System.Runtime.InteropServices;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>What a batch adds to the figures of robots: one row per robot and day, in the commit of the robot runs themselves.</summary>
internal static class RobotStatStatements
{
    /// <summary>Folds the deltas into their sums; several nodes may do it side by side.</summary>
    public const string FoldSql = """
        with d as materialized (select id from robot_stat_delta order by id limit 20000 for update skip locked),
        gone as (delete from robot_stat_delta where id = any(array(select id from d))
          returning type_id, stage_id, robot_key, day, begun, done, skipped, failed, ended, delay_us, work_us)
        insert into robot_stat as t (type_id, stage_id, robot_key, day, begun, done, skipped, failed, ended, delay_us, work_us)
        select type_id, stage_id, robot_key, day, sum(begun), sum(done), sum(skipped), sum(failed), sum(ended), sum(delay_us), sum(work_us)
        from gone group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (type_id, stage_id, robot_key, day) do update set begun = t.begun + excluded.begun, done = t.done + excluded.done, skipped = t.skipped + excluded.skipped,
          failed = t.failed + excluded.failed, ended = t.ended + excluded.ended, delay_us = t.delay_us + excluded.delay_us, work_us = t.work_us + excluded.work_us
        """;

    /// <summary>Counts the robot runs of <c>lost_robot (id)</c> as failed: their worker is gone and counts nothing.</summary>
    public const string AddLostSql = """
        insert into robot_stat_delta (type_id, stage_id, robot_key, day, begun, done, skipped, failed, ended, delay_us, work_us)
        select r.type_id, r.stage_id, r.robot_key, (r.planned_at at time zone 'utc')::date, 0, 0, 0, count(*)::int, 0, 0, 0
        from robot_run r join lost_robot l on l.id = r.id group by 1, 2, 3, 4
        """;

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewRobotRuns.Count + changes.ChangedRobotRuns.Count + changes.RefusedRobots.Count == 0) return;

        var sums = new Dictionary<(int Type, string Stage, string Key, DateOnly Day), Sum>();
        foreach (var robotRun in changes.NewRobotRuns) Count(sums, robotRun, isNew: true);
        foreach (var robotRun in changes.ChangedRobotRuns) Count(sums, robotRun, isNew: false);
        foreach (var refused in changes.RefusedRobots) CountRefused(sums, refused);
        if (sums.Count == 0) return;

        batch.Add("""
            insert into robot_stat_delta (type_id, stage_id, robot_key, day, begun, done, skipped, failed, ended, delay_us, work_us)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """)
            .Ints(sums.Keys.Select(k => k.Type)).Texts(sums.Keys.Select(k => k.Stage)).Texts(sums.Keys.Select(k => k.Key)).Days(sums.Keys.Select(k => (DateOnly?)k.Day))
            .Ints(sums.Values.Select(s => s.Begun)).Ints(sums.Values.Select(s => s.Done)).Ints(sums.Values.Select(s => s.Skipped)).Ints(sums.Values.Select(s => s.Failed))
            .Ints(sums.Values.Select(s => s.Ended)).Longs(sums.Values.Select(s => s.DelayUs)).Longs(sums.Values.Select(s => s.WorkUs));
    }

    private static void Count(Dictionary<(int Type, string Stage, string Key, DateOnly Day), Sum> sums, RobotRun robotRun, bool isNew)
    {
        // Taken over from an earlier run, where it was counted.
        if (robotRun.Code == RobotRun.TakenOver) return;

        var ends = robotRun.State is RobotRunState.Done or RobotRunState.Skipped or RobotRunState.Incident or RobotRunState.Failed;
        if (!isNew && !ends) return;

        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (robotRun.TypeId, robotRun.StageId, robotRun.RobotKey, DateOnly.FromDateTime(robotRun.PlannedAt.UtcDateTime)), out _);
        if (isNew) sum.Begun++;
        switch (robotRun.State)
        {
            case RobotRunState.Done: sum.Done++; break;
            case RobotRunState.Skipped: sum.Skipped++; break;
            case RobotRunState.Incident or RobotRunState.Failed: sum.Failed++; break;
        }

        // A mean is made of robots that did their work; those that had nothing to do would only make it look fast.
        if (robotRun is not { State: RobotRunState.Done, StartedAt: { } started }) return;
        sum.Ended++;
        sum.DelayUs += Math.Max(0, (long)(started - robotRun.PlannedAt).TotalMicroseconds);
        sum.WorkUs += robotRun.DurationUs ?? Math.Max(0, (long)((robotRun.FinishedAt ?? started) - started).TotalMicroseconds);
    }

    // Its turn came and a limit kept it from working.
    private static void CountRefused(Dictionary<(int Type, string Stage, string Key, DateOnly Day), Sum> sums, RefusedRobot refused)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (refused.TypeId, refused.StageId, refused.RobotKey, DateOnly.FromDateTime(refused.At.UtcDateTime)), out _);
        sum.Begun++;
        sum.Failed++;
    }

    private struct Sum
    {
        public int Begun;
        public int Done;
        public int Skipped;
        public int Failed;
        public int Ended;
        public long DelayUs;
        public long WorkUs;
    }
}

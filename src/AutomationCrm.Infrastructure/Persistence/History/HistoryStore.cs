using AutomationCrm.Application.Automation.History;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.History;

internal sealed class HistoryStore(NpgsqlDataSource database) : IHistoryStore
{
    // By the start, which has an index; a run cannot end before it starts. What still waits for a person keeps its run.
    internal const string DeleteSql = """
        with old as materialized (
          select r.id from run r where r.started_at < $1 and r.state <> 0 and r.finished_at < $1
            and not exists (select 1 from incident i where i.run_id = r.id and i.state = 0)
          order by r.started_at limit $2 for update skip locked),
        robots as (delete from robot_run where run_id = any(array(select id from old)) returning id),
        sent as (delete from delivery where robot_run_id = any(array(select id from robots)) and state not in (0, 1) returning effect_key),
        tries as (delete from delivery_attempt where effect_key = any(array(select effect_key from sent))),
        told as (delete from incident where run_id = any(array(select id from old)) and state = 1)
        delete from run where id = any(array(select id from old))
        """;

    public async Task<int> DeleteBeforeAsync(DateTimeOffset before, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand(DeleteSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await command.ExecuteNonQueryAsync(ct);
    }
}

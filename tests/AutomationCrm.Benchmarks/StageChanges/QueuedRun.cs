using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>A queued run and the rows that its three robots leave, ready to be written.</summary>
internal sealed record QueuedRun(long Deal, long Version, string Title, string Stage, long Run, long Seq)
{
    private const string Select = """
        select i.id, i.version, i.title, i.stage_id, r.id, j.seq
        from job j join run r on r.id = (j.args->>'run')::bigint join item i on i.type_id = 2 and i.id = r.item_id order by i.id
        """;

    public long Lane => (2L << 44) | Deal;

    public string NoteRaw => Json(new { fields = new { COMMENTS = $"{{=Document:TITLE}} came to {Stage}." } });

    public string NoteSettings => Json(new { fields = new { COMMENTS = Note } });

    public string NoteResults => """{"ChangedFields":["COMMENTS"]}""";

    public string Note => $"{Title} came to {Stage}.";

    public string NoteChanges => Json(new { COMMENTS = new { old = "As it came in.", @new = Note }, UPDATED_TIME = new { old = "2026-01-01T00:00:00.000000Z", @new = "2026-01-01T00:00:00.000000Z" } });

    public string Data => Json(new { COMMENTS = Note });

    public string AskRaw => """{"title":"Check {=Document:TITLE}","description":"Before it goes on."}""";

    public string AskSettings => Json(new { title = TaskTitle, description = "Before it goes on.", responsible = Array.Empty<long>(), deadlineAfter = (string?)null });

    public string TaskTitle => $"Check {Title}";

    public string TellRaw => """{"text":"{=Document:TITLE} is checked."}""";

    public string TellSettings => Json(new { text = Comment });

    public string Comment => $"{Title} is checked.";

    public string Results(string name, long id) => string.Create(CultureInfo.InvariantCulture, $"{{\"{name}\":{id}}}");

    public static async Task<List<QueuedRun>> ReadAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Select);
        await using var reader = await command.ExecuteReaderAsync();
        var runs = new List<QueuedRun>();
        while (await reader.ReadAsync()) runs.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)));
        return runs;
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);
}

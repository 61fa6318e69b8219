using System.Text;
using AutomationCrm.Testing;

namespace AutomationCrm.Application.Tests.DryRun;

/// <summary>Every row of every table and the place of every sequence, as one text.</summary>
internal static class Fingerprint
{
    public static async Task<string> TakeAsync(AppFixture app)
    {
        var tables = await app.ScalarAsync<string[]>("select array_agg(relname::text order by relname) from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'");
        var text = new StringBuilder();
        foreach (var table in tables!)
            text.Append(table).Append(' ').AppendLine(await app.ScalarAsync<string>($"select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from \"{table}\" t"));
        text.Append(await app.ScalarAsync<string>("select string_agg(sequencename || ' ' || coalesce(last_value, 0), ', ' order by sequencename) from pg_sequences where schemaname = current_schema()"));
        return text.ToString();
    }
}

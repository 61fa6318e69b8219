using System.Text;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The server's configuration, written anew before every start so that it always fits this version of the app.</summary>
internal static class PostgresSettings
{
    private const long Mebibyte = 1024 * 1024;

    public static string Access => """
        # Written by AutomationCrm at every start.
        host all all 127.0.0.1/32 scram-sha-256
        """ + "\n";

    public static string Build(int port, bool durable, long memoryBytes, string localConfigPath)
    {
        var text = new StringBuilder();
        text.Append("# Written by AutomationCrm at every start. Settings of your own belong into ").Append(localConfigPath).Append('\n');
        foreach (var (name, value) in Settings(port, durable, memoryBytes)) text.Append(name).Append(" = ").Append(value).Append('\n');
        text.Append("include_if_exists = ").Append(Quote(localConfigPath)).Append('\n');
        return text.ToString();
    }

    public static string Quote(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    private static IEnumerable<(string Name, string Value)> Settings(int port, bool durable, long memoryBytes)
    {
        var large = memoryBytes >= 4096 * Mebibyte;

        yield return ("listen_addresses", "'127.0.0.1'");
        yield return ("unix_socket_directories", "''");
        yield return ("port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return ("password_encryption", "scram-sha-256");
        yield return ("max_connections", durable ? "100" : "200");

        yield return ("shared_buffers", large ? "256MB" : "128MB");
        yield return ("effective_cache_size", large ? "1GB" : "384MB");
        yield return ("work_mem", "8MB");
        yield return ("maintenance_work_mem", "64MB");
        yield return ("max_worker_processes", "4");
        yield return ("max_parallel_workers", "2");
        yield return ("max_parallel_workers_per_gather", "1");
        // Three more processes for asynchronous reads do not pay on two cores.
        yield return ("io_method", "sync");
        yield return ("jit", "off");
        yield return ("random_page_cost", "1.1");

        // Without durability a killed server still has every commit, only a machine that loses power has not.
        yield return ("fsync", durable ? "on" : "off");
        yield return ("full_page_writes", durable ? "on" : "off");
        yield return ("synchronous_commit", "on");
        yield return ("max_wal_size", durable ? "1GB" : "256MB");
        yield return ("checkpoint_timeout", "15min");
        if (!durable)
        {
            yield return ("wal_level", "minimal");
            yield return ("max_wal_senders", "0");
        }

        // Queue tables live from quick vacuums (reference: short-lived rows and one old snapshot slow a queue down within seconds).
        yield return ("autovacuum_naptime", "10s");
        yield return ("autovacuum_max_workers", "2");
        yield return ("autovacuum_vacuum_cost_delay", "0");
        yield return ("autovacuum_vacuum_scale_factor", "0.05");
        yield return ("autovacuum_analyze_scale_factor", "0.05");
        yield return ("idle_in_transaction_session_timeout", "10min");

        yield return ("lc_messages", "'C'");
        yield return ("timezone", "'UTC'");
        yield return ("log_timezone", "'UTC'");
        yield return ("default_text_search_config", "'pg_catalog.simple'");
        // The log names no field values and no statements of customers.
        yield return ("log_error_verbosity", "terse");
        yield return ("log_min_error_statement", "panic");
        yield return ("log_checkpoints", "off");
        yield return ("log_line_prefix", "'%m [%p] '");
    }
}

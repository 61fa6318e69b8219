using AutomationCrm.Application.Ports;
using Npgsql;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>The framework asks for its keys synchronously, once at the start and once when it makes a new one.</summary>
internal sealed class ProtectionKeyStore(NpgsqlDataSource database) : IProtectionKeyStore
{
    public IReadOnlyList<string> ReadAll()
    {
        using var command = database.CreateCommand("select xml from protection_key order by created_at, name");
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }

    public void Add(string name, string xml)
    {
        using var command = database.CreateCommand("insert into protection_key (name, xml) values ($1, $2) on conflict (name) do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = xml });
        command.ExecuteNonQuery();
    }
}

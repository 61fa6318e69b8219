using AutomationCrm.Application.Files;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Files;

/// <summary>Files as rows of the table file.</summary>
internal sealed class FileStore(NpgsqlDataSource database) : IFileStore
{
    public async Task<StoredFile?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select name, media_type, size, sha256, created_at, created_by from file where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;

        return new()
        {
            Id = id,
            Name = reader.GetString(0),
            MediaType = reader.GetString(1),
            Size = reader.GetInt64(2),
            Sha256 = reader.GetFieldValue<byte[]>(3),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(4),
            CreatedBy = reader.GetInt64(5),
        };
    }

    public async Task<byte[]?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select content from file where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    public async Task SaveAsync(NewFile file, CancellationToken ct)
    {
        await using var command = database.CreateCommand(FileStatements.Insert);
        FileStatements.Fill(command.Parameters, file);
        await command.ExecuteNonQueryAsync(ct);
    }
}

internal static class FileStatements
{
    public const string Insert = """
        insert into file (id, name, media_type, size, sha256, content, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (id) do nothing
        """;

    public static void Fill(NpgsqlParameterCollection parameters, NewFile added)
    {
        var file = added.File;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = file.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = file.Name, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = file.MediaType, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = file.Size, NpgsqlDbType = NpgsqlDbType.Bigint });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = file.Sha256, NpgsqlDbType = NpgsqlDbType.Bytea });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = added.Content, NpgsqlDbType = NpgsqlDbType.Bytea });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = file.CreatedAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = file.CreatedBy, NpgsqlDbType = NpgsqlDbType.Bigint });
    }
}

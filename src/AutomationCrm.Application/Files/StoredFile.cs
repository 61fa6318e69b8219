namespace AutomationCrm.Application.Files;

/// <summary>A file as it lies in the database; its content is read through <see cref="IFileStore"/>. Files never change.</summary>
public sealed class StoredFile
{
    public const int MostBytes = 20 * 1024 * 1024;

    public Guid Id { get; init; }

    /// <summary>As people see it, without a path.</summary>
    public string Name { get; init; } = "";

    public string MediaType { get; init; } = "application/octet-stream";

    public long Size { get; init; }

    public byte[] Sha256 { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public long CreatedBy { get; init; }
}

/// <summary>A file that is written with the unit of work.</summary>
public sealed record NewFile(StoredFile File, byte[] Content);

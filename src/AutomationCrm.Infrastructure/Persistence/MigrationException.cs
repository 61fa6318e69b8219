namespace AutomationCrm.Infrastructure.Persistence;

/// <summary>Why a database could not be brought to this program's schema.</summary>
public enum MigrationError
{
    ScriptFailed,
    NewerSchema,
    ChecksumChanged,
    OutOfOrder,
    BadScripts,
}

/// <summary>The schema could not be migrated; nothing of the failing script was kept. The message says what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(MigrationError code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    public MigrationException() : this(MigrationError.ScriptFailed, "The schema could not be migrated.")
    {
    }

    public MigrationException(string message) : this(MigrationError.ScriptFailed, message)
    {
    }

    public MigrationException(string message, Exception innerException) : this(MigrationError.ScriptFailed, message, innerException)
    {
    }

    public MigrationError Code { get; }
}

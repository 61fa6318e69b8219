namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Why the app's own PostgreSQL could not start.</summary>
public enum EmbeddedPostgresError
{
    StartFailed,
    PortTaken,
    PortOutOfRange,
    DataDirectoryNotWritable,
    DataDirectoryDamaged,
    DataDirectoryInUse,
    UnusablePath,
    DataDirectoryOfAnotherAccount,
    DiskFull,
    BinariesMissing,
    OtherMajorVersion,
    UnknownPlatform,
    NoUnprivilegedAccount,
    Timeout,
}

/// <summary>The app's own PostgreSQL could not start; the message says what to do about it.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(EmbeddedPostgresError code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    public EmbeddedPostgresException() : this(EmbeddedPostgresError.StartFailed, "The embedded PostgreSQL could not start.")
    {
    }

    public EmbeddedPostgresException(string message) : this(EmbeddedPostgresError.StartFailed, message)
    {
    }

    public EmbeddedPostgresException(string message, Exception innerException) : this(EmbeddedPostgresError.StartFailed, message, innerException)
    {
    }

    public EmbeddedPostgresError Code { get; }
}

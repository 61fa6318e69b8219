namespace AutomationCrm.Application.Ports;

/// <summary>Secrets that sign outgoing webhooks; while one is being replaced there are two.</summary>
public interface ISigningKeys
{
    /// <summary>The newest first.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Keys { get; }
}

namespace AutomationCrm.Application.Ports;

/// <summary>The keys of antiforgery tokens and messages as the framework writes them; already wrapped.</summary>
public interface IProtectionKeyStore
{
    IReadOnlyList<string> ReadAll();

    void Add(string name, string xml);
}

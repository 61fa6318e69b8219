namespace AutomationCrm.Application.Ports;

/// <summary>Secrets that must be readable again, wrapped by a key that lies outside the database (attack list A18).</summary>
public interface ISecretBox
{
    /// <param name="purpose">What is sealed for one purpose cannot be opened for another.</param>
    string Seal(string text, string purpose);

    /// <summary>Null when it was sealed with another key or for another purpose, or was changed.</summary>
    string? Open(string sealedText, string purpose);
}

/// <summary>The keys of antiforgery tokens and messages as the framework writes them; already wrapped.</summary>
public interface IProtectionKeyStore
{
    IReadOnlyList<string> ReadAll();

    void Add(string name, string xml);
}

namespace AutomationCrm.Application.Ports;

/// <summary>Encrypts secrets that people type in, so that a copy of the database does not tell them (attack list A18).</summary>
public interface ISecretBox
{
    /// <param name="purpose">What it is for; a secret of one purpose cannot be read under another.</param>
    string Close(string purpose, string secret);

    /// <summary>Throws when the key is another one or the text was changed.</summary>
    string Open(string purpose, string closed);
}

namespace AutomationCrm.Application.Documents;

/// <summary>Draws QR codes.</summary>
public interface IQrCodes
{
    /// <summary>Longer texts make a code that phones cannot read any more.</summary>
    const int LongestText = 1_000;

    /// <summary>The code as a PNG picture.</summary>
    byte[] Png(string text);
}

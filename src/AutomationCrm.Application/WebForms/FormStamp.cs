using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.WebForms;

/// <summary>The signed moment at which a public page was shown: too fast is a machine, too old is a copy.</summary>
internal static class FormStamp
{
    public static readonly TimeSpan Fastest = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    public static string Make(byte[] key, string token, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"{at}.{Sign(key, token, at)}";
    }

    /// <summary>Throws unless the stamp is ours and neither too young nor too old.</summary>
    public static void Require(byte[] key, string token, string stamp, DateTimeOffset now)
    {
        if (stamp.Split('.') is not [var at, var signature] || at.Length > 20
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Sign(key, token, at)))
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var shown))
            throw new RuleBrokenException("form.stamp", "The form was not filled in on its page. Open it anew.", "stamp");

        var age = now - DateTimeOffset.FromUnixTimeMilliseconds(shown);
        if (age < Fastest) throw new RuleBrokenException("form.fast", "That was too fast for a person. Wait a moment and send it again.", "stamp");
        if (age > Oldest) throw new RuleBrokenException("form.old", "The page was open for too long. Open it anew.", "stamp");
    }

    private static string Sign(byte[] key, string token, string at) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{token}:{at}")));
}

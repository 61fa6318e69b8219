using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Protocol.Tree;

/// <summary>Counts while a tree is read and refuses what exceeds the limits or could not be stored.</summary>
internal sealed class RestTreeGuard(RestLimits limits)
{
    private int _values;

    public void Enter(int depth)
    {
        if (depth > limits.Depth) throw TooLarge($"The request is nested deeper than {limits.Depth} levels.");
    }

    public void CountValue()
    {
        if (++_values > limits.Values) throw TooLarge($"The request has more than {limits.Values} values.");
    }

    public void CheckKeys(RestMap map)
    {
        if (map.Count > limits.KeysPerMap) throw TooLarge($"The request has a group of more than {limits.KeysPerMap} keys.");
    }

    /// <summary>PostgreSQL cannot store U+0000 and no field wants it.</summary>
    public static string Clean(string text)
    {
        if (text.Contains('\0')) throw Malformed("The request contains the character U+0000.");
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else throw Malformed("The request contains text that is not valid Unicode.");
        }

        return text;
    }

    public static RestException Malformed(string description) => new(new RestError(400, "INVALID_REQUEST", description));

    private static RestException TooLarge(string description) => new(new RestError(400, RestLimits.TooLargeCode, description));
}

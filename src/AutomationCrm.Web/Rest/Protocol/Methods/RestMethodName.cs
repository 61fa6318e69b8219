namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Method names as clients write them: with a slash in front or behind, with a format suffix.</summary>
internal static class RestMethodName
{
    public static string Normalize(string written) => Split(written).Name;

    public static (string Name, bool Xml) Split(string written)
    {
        var name = written.Trim('/', ' ');
        var xml = name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
        if (xml) name = name[..^4];
        else if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) name = name[..^5];
        return (IsName(name) ? name : "", xml);
    }

    // Anything else is no method, and must not travel on into logs.
    private static bool IsName(string text) => text.Length <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

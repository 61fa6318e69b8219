namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Method names as clients write them: with a slash in front or behind, with a format suffix.</summary>
internal static class RestMethodName
{
    public static string Normalize(string written) => Split(written).Name;

    public static (string Name, bool Xml) Split(string written)
    {
        var name = written.Trim('/', ' ');
        if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return (name[..^4], true);
        return (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name[..^5] : name, false);
    }
}

using System.Net;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>The item's address, and the older spelling of a person's printable name.</summary>
internal static class DocumentFunctions
{
    private const string Url = "Document:URL";
    private const string Title = "Document:TITLE";
    private const string Host = "System:HostUrl";

    public static Function[] All { get; } =
    [
        Function.Of("getdocumenturl", FunctionGroup.Document, 0, 2, ["format", "absolute"], DocumentUrl) with { Reads = [Url, Title, Host] },
        Function.Of("convert", FunctionGroup.Document, 2, 2, ["user", "format"], Convert),
    ];

    private static Value? DocumentUrl(Arguments arguments)
    {
        if (arguments.Text(0, "") is not { } format || Read(arguments, Url) is not { } url) return null;
        var absolute = arguments.Has(1) && ValueKinds.IsTrue(arguments[1]);
        if (absolute)
        {
            if (Read(arguments, Host) is not { } host) return null;
            url = host.TrimEnd('/') + url;
        }

        if (format.Length == 0) return arguments.Give(url);
        if (Read(arguments, Title) is not { } title) return null;
        return format.ToLowerInvariant() switch
        {
            "bb" => arguments.Give($"[url={url}]{title}[/url]"),
            "html" => arguments.Give($"<a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(title)}</a>"),
            _ => arguments.Fail("the format is empty, 'bb' or 'html'"),
        };
    }

    private static string? Read(Arguments arguments, string path)
    {
        if (arguments.Run.Source.Get(path) is { } value) return arguments.Run.Text(value, arguments.Call);
        arguments.Run.Fail(FailureCodes.UnknownReference, arguments.Call, path);
        return null;
    }

    private static Value? Convert(Arguments arguments)
    {
        if (arguments.Text(1) is not { } format || People.Id(arguments, 0) is not { } id) return null;
        if (format.ToLowerInvariant() is not ("printableuser" or "printableuserb24")) return arguments.Fail("the format is 'printableuser' or 'printableuserb24'");
        return arguments.Give(ValueText.Printable(new UserValue(id), arguments.Context));
    }
}

using System.Globalization;
using System.Text;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Protocol.OpenApi;

/// <summary>The method table as text, one line a method, for the approved list reviewers read.</summary>
internal static class ApprovedMethods
{
    public static string Write(RestMethodTable table)
    {
        var text = new StringBuilder();
        foreach (var method in table.Methods)
        {
            var parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Name}{(p.Required ? "*" : "")}: {Form(p.Shape)}"));
            text.Append(CultureInfo.InvariantCulture, $"{method.Name}({parameters}) -> {Form(method.Result)}{(method.Paged ? " paged" : "")}");
            text.Append(CultureInfo.InvariantCulture, $" | {method.Scope ?? "-"} {method.Right} {method.Style}{(method.ReadOnly ? "" : " writes")}\n");
        }

        return text.ToString();
    }

    private static string Form(RestShape shape) => shape switch
    {
        { Kind: RestKind.List, Items: { } items } => $"[{Form(items)}]",
        { Kind: RestKind.Map, Items: { } values } => $"{{*: {Form(values)}}}",
        { Kind: RestKind.Map, Properties.Count: > 0 } => $"{{{string.Join(", ", shape.Properties.Select(p => p.Name))}}}",
#pragma warning disable CA1308 // lower case is how the list is read, nothing is compared by it
        _ => shape.Kind.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    } + (shape.Nullable ? "?" : "");
}

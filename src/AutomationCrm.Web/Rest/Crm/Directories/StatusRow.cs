using System.Globalization;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>An entry of a directory as crm.status.* shows it: a stage, or a code such as a source.</summary>
/// <param name="Semantics">S, F or nothing.</param>
/// <param name="Meaning">process, success, failure or apology; null for entries that are no stages.</param>
internal sealed record StatusRow(string Directory, string Code, string Name, int Sort, bool System, int? CategoryId, string? Color, string? Semantics, string? Meaning)
{
    private static readonly RestField Id = new("ID", "ID", RestFieldKind.Whole, "integer") { ReadOnly = true };

    public static RestFieldSet Fields { get; } = new(
    [
        Id,
        new RestField("ENTITY_ID", "ENTITY_ID", RestFieldKind.Text, "string") { Required = true, Immutable = true },
        new RestField("STATUS_ID", "STATUS_ID", RestFieldKind.Text, "string") { Required = true, Immutable = true },
        new RestField("SORT", "SORT", RestFieldKind.Whole, "integer"),
        new RestField("NAME", "NAME", RestFieldKind.Text, "string") { Required = true },
        new RestField("NAME_INIT", "NAME_INIT", RestFieldKind.Text, "string") { ReadOnly = true },
        new RestField("SYSTEM", "SYSTEM", RestFieldKind.Flag, "char") { ReadOnly = true },
        new RestField("CATEGORY_ID", "CATEGORY_ID", RestFieldKind.Whole, "integer"),
        new RestField("COLOR", "COLOR", RestFieldKind.Text, "string"),
        new RestField("SEMANTICS", "SEMANTICS", RestFieldKind.Text, "string") { Immutable = true },
    ],
    RestDialect.Classic);

    public Value this[string field] => field switch
    {
        "ID" => Value.Of((decimal)Number),
        "ENTITY_ID" => Value.Of(Directory),
        "STATUS_ID" => Value.Of(Code),
        "SORT" => Value.Of((decimal)Sort),
        "NAME" => Value.Of(Name),
        "SYSTEM" => Value.Of(System),
        "CATEGORY_ID" => CategoryId is { } id ? Value.Of((decimal)id) : Value.Null,
        "COLOR" => Value.Of(Color),
        "SEMANTICS" => Value.Of(Semantics),
        _ => Value.Null,
    };

    // Entries have codes, not numbers; the number clients expect is made from directory and code and stays when an entry is renamed or moved.
    private uint Number
    {
        get
        {
            var hash = 2_166_136_261u;
            foreach (var sign in $"{Directory}\n{Code}") hash = unchecked((hash ^ sign) * 16_777_619u);
            return hash & 0x7FFF_FFFF;
        }
    }

    public RestMap Write(RestFormat format)
    {
        var row = new ValueWriter(RestDialect.Classic, format).Row(Fields, Fields.Fields, f => this[f.Code]);
        if (Meaning is not null) row["EXTRA"] = RestValue.Map(("SEMANTICS", Meaning), ("COLOR", Color));
        return row;
    }
}

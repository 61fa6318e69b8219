using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>
/// What placeholders of a robot see: <c>Document:CODE</c> the item's fields by any of their names, <c>key:Result</c> the results of
/// earlier robots of the run, and the names under further <see cref="Roots"/> such as <c>Variable:NAME</c>.
/// </summary>
internal sealed class RunSource(Item item, Func<string, string, Value?> resultOf) : IValueSource
{
    private const string Document = "Document:";

    /// <summary>Answers by root; null for a name that the root does not know.</summary>
    public IReadOnlyDictionary<string, Func<string, Value?>> Roots { get; init; } = new Dictionary<string, Func<string, Value?>>();

    public Value? Get(string path)
    {
        if (path.StartsWith(Document, StringComparison.Ordinal))
        {
            var name = path[Document.Length..];
            if (name.Equals(Domain.Crm.Fields.FieldCodes.Id, StringComparison.OrdinalIgnoreCase)) return Value.Of((decimal)item.Ref.Id);
            return item.Type.Fields.FindByAnyName(name) is { } field ? item[field.Code] : null;
        }

        var colon = path.IndexOf(':');
        if (colon <= 0) return null;
        return Roots.TryGetValue(path[..colon], out var root) ? root(path[(colon + 1)..]) : resultOf(path[..colon], path[(colon + 1)..]);
    }
}

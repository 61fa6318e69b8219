using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>What a client wants to write: values by field code and changes of phones and alike.</summary>
internal sealed record RestFieldsInput(IReadOnlyDictionary<string, Value> Values, ImmutableArray<MultiFieldChange> Multi);

/// <summary>Reads the parameter fields. Unknown and read-only names are ignored, values that do not fit are refused by name.</summary>
internal sealed class FieldsReader(RestFieldSet set, RestValueReader values)
{
    /// <summary>Reads for a new item or, when <paramref name="isNew"/> is false, for an existing one whose immutable fields stay in classic methods.</summary>
    public RestFieldsInput Read(RestValue fields, RestMethod method, bool isNew)
    {
        var read = new Dictionary<string, Value>(StringComparer.Ordinal);
        var multi = ImmutableArray.CreateBuilder<MultiFieldChange>();
        foreach (var (name, input) in fields.Entries)
        {
            if (!set.IsClassic && name.Equals(MultiFields.ItemName, StringComparison.OrdinalIgnoreCase)) multi.AddRange(MultiFields.ReadItem(input, method));
            if (set.Find(name) is not { ReadOnly: false } field || (field.Immutable && !isNew && set.IsClassic)) continue;
            if (field.Kind == RestFieldKind.Multi) multi.AddRange(MultiFields.ReadClassic(field.ClassicName, input, method));
            else read[field.Code] = ReadOne(field, name, input, method);
        }

        return new RestFieldsInput(read, multi.ToImmutable());
    }

    private Value ReadOne(IRestField field, string name, RestValue input, RestMethod method)
    {
        if (values.TryRead(field, input, out var value)) return value;
        throw new RestException(field.Multiple && !input.IsContainer && !set.IsClassic
            ? new RestError(400, "100", $"Expected iterable value for multiple field, but got {(input is RestText ? "string" : "scalar")} instead", name)
            : RestErrors.InvalidValue(method, name, $"Invalid value for field \"{name}\""));
    }
}

using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Reading;

/// <summary>Reads a JSON body into a tree: no duplicate names, no comments, bounded depth and size (A14).</summary>
internal static class JsonTreeReader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static RestMap Parse(ReadOnlySpan<byte> json, RestLimits limits)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[3..];
        if (json.Trim(" \t\r\n"u8).IsEmpty) return [];
        try
        {
            return AsParameters(ReadAll(json, limits));
        }
        catch (JsonException e)
        {
            throw RestTreeGuard.Malformed($"The JSON body is not valid (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to escapes and bytes that are not Unicode.
            throw RestTreeGuard.Malformed("The JSON body contains text that is not valid Unicode.");
        }
    }

    private static RestValue ReadAll(ReadOnlySpan<byte> json, RestLimits limits)
    {
        var guard = new RestTreeGuard(limits);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        var root = ReadValue(ref reader, guard, 0);
        reader.Read();
        return root;
    }

    private static RestMap AsParameters(RestValue root) => root switch
    {
        RestMap map => RefuseCaseTwins(map),
        RestList list => RestValue.Map(list.Entries.Select(e => (e.Key, e.Value))),
        RestNull => [],
        _ => throw RestTreeGuard.Malformed("The JSON body must be an object."),
    };

    // Names of parameters are case-insensitive, so id and ID together would be ambiguous.
    private static RestMap RefuseCaseTwins(RestMap map)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, _) in map)
        {
            if (!seen.Add(key)) throw Duplicate(key);
        }

        return map;
    }

    private static RestValue ReadValue(ref Utf8JsonReader reader, RestTreeGuard guard, int depth)
    {
        guard.CountValue();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader, guard, depth + 1),
            JsonTokenType.StartArray => ReadList(ref reader, guard, depth + 1),
            JsonTokenType.String => RestValue.Of(RestTreeGuard.Clean(reader.GetString()!)),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.True => RestValue.True,
            JsonTokenType.False => RestValue.False,
            _ => RestValue.Null,
        };
    }

    private static RestMap ReadMap(ref Utf8JsonReader reader, RestTreeGuard guard, int depth)
    {
        guard.Enter(depth);
        var map = new RestMap();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = RestTreeGuard.Clean(reader.GetString()!);
            reader.Read();
            if (!map.TryAdd(key, ReadValue(ref reader, guard, depth))) throw Duplicate(key);
            guard.CheckKeys(map);
        }

        return map;
    }

    private static RestList ReadList(ref Utf8JsonReader reader, RestTreeGuard guard, int depth)
    {
        guard.Enter(depth);
        var items = new List<RestValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader, guard, depth));
        return new RestList(items);
    }

    private static RestValue ReadNumber(ref Utf8JsonReader reader) =>
        reader.TryGetDecimal(out var number) ? RestValue.Of(number) : throw RestTreeGuard.Malformed("The JSON body contains a number that is out of range.");

    private static RestException Duplicate(string key) => RestTreeGuard.Malformed($"The JSON body names '{key}' twice.");
}

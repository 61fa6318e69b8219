using System.Globalization;
using System.Text;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Seeded input that means no good: wrong types, deep trees, strange signs.</summary>
internal sealed class HostileInput(int seed)
{
    private static readonly string[] Leaves =
    [
        "null", "true", "false", "0", "-1", "1", "5", "1.5", "1e20", "-9223372036854775808", "9223372036854775807", "79228162514264337593543950335", "\"\"", "\" \"", "\"abc\"", "\"'; drop table item; --\"",
        "\"%\"", "\"\\u202e\"", "\"😀\"", "\"$result[a][0]\"", "\"user_1\"", "\"D_1\"", "\"T80_99999999999999999999\"", "\"2026-02-30\"", "\"9999-12-31T23:59:59+14:00\"", "\"0001-01-01\"", "\"300|EUR\"", "\"NaN\"", "[]", "{}",
    ];

    private static readonly string[] Keys =
        ["ID", "id", ">ID", "!@ID", "%TITLE", "=%TITLE", "logic", "0", "1", "TITLE", "fm", "PHONE", "UF_CRM_3_SIZE", "ufCrm_BUDGET", ">=DATE_CREATE", "BEGINDATE", "UF_CRM_COLOUR", "OPPORTUNITY", "", "!", "nosuch", "type", "settings", "VALUE", "DELETE"];

    private static readonly string[] Types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "", "text/xml", ";;;", "application/json; charset=utf-16"];

    private static readonly string[] PathParts = ["profile", ".json", ".xml", "/", "//", "%2F", "%0A", "?", "&", "[", "]", "%5B", "=", "a", "%", "%zz", "%ff", ";", "batch", "crm.deal.list", "filter[", "cmd[]=", "start=-1"];

    private readonly Random _random = new(seed);

    public string Body(RestMethod method) => "{" + string.Join(',', Names(method).Select(n => $"{JsonSerializer.Serialize(n)}:{Value(0)}")) + "}";

    public string Pairs(RestMethod method) => string.Join('&', Names(method).Select(n => $"{n}{Brackets()}={Uri.EscapeDataString(Pick(Leaves).Trim('"'))}"));

    public (string Type, byte[] Bytes) Bytes()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        if (_random.Next(2) == 0) bytes = [.. Encoding.UTF8.GetBytes(Pick(["{\"filter\":", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", "a[b]=", "[[["])), .. bytes];
        return (Pick(Types), bytes);
    }

    public string Path() => string.Concat(Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Pick(PathParts)));

    /// <summary>One hostile value as JSON.</summary>
    public string Leaf() => Value(3);

    /// <summary>A sign of the filter language.</summary>
    public string Sign() => Pick(["", "=", "!", "!=", "<>", ">", ">=", "<", "<=", "@", "!@", "%", "!%", "=%", "%=", "!=%", "!%="]);

    private IEnumerable<string> Names(RestMethod method) => method.Parameters.Select(p => p.Name).Append("start").Where(_ => _random.Next(5) > 0);

    private string Value(int depth) => (depth > 3 ? 9 : _random.Next(10)) switch
    {
        0 or 1 or 2 => "{" + string.Join(',', Sample().Select(k => $"{JsonSerializer.Serialize(k)}:{Value(depth + 1)}")) + "}",
        3 => "[" + string.Join(',', Sample().Select(_ => Value(depth + 1))) + "]",
        _ => Pick(Leaves),
    };

    private string Brackets() => string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => string.Create(CultureInfo.InvariantCulture, $"[{Uri.EscapeDataString(Pick(Keys))}]")));

    private IEnumerable<string> Sample() => Enumerable.Range(0, _random.Next(4)).Select(_ => Pick(Keys)).Distinct().ToArray();

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}

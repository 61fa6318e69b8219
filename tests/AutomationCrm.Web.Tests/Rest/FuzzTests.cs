using System.Globalization;
using System.Text;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

/// <summary>Walks the table with seeded hostile input: every answer is an envelope, none is a 500.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Seed = 20260105;
    private static readonly string[] NotFuzzed = ["stub.crash", "stub.hang"];
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync(("Rest:FailedSignInsPerMinute", "1000000"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Hostile_parameters_get_an_envelope()
    {
        var input = new HostileInput(Seed);
        foreach (var method in RestHost.Table.Methods.Where(m => !NotFuzzed.Contains(m.Name)))
        {
            for (var round = 0; round < 40; round++)
            {
                var body = input.Body(method);
                await Check(await _host.PostAsync(RestHost.Hook + method.Name, body), $"{method.Name} {body}");
                var pairs = input.Pairs(method);
                await Check(await _host.PostAsync(RestHost.Hook + method.Name, pairs, "application/x-www-form-urlencoded"), $"{method.Name} {pairs}");
            }
        }
    }

    [Fact]
    public async Task Hostile_bodies_and_paths_get_an_envelope()
    {
        var input = new HostileInput(Seed);
        for (var round = 0; round < 300; round++)
        {
            var (type, bytes) = input.Bytes();
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "crm.deal.list", UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            await Check(await _host.SendAsync(request), $"{type} {Convert.ToBase64String(bytes)}");
            var path = input.Path();
            await Check(await _host.GetAsync(RestHost.Hook + path), path);
        }
    }

    private static Task Check(Answer answer, string what)
    {
        Assert.True((int)answer.Status is >= 200 and < 500, $"{answer.Status} for {what}");
        if (answer.Type.StartsWith("application/xml", StringComparison.Ordinal)) return Task.CompletedTask;
        var json = JsonDocument.Parse(answer.Body).RootElement;
        Assert.True(json.TryGetProperty("error_description", out _) || (json.TryGetProperty("result", out _) && json.TryGetProperty("time", out _)), what);
        return Task.CompletedTask;
    }

    private sealed class HostileInput(int seed)
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
}

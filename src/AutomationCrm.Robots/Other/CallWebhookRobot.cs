using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Other;

/// <summary>Calls a program outside over HTTP; it may come more than once, always with the same <c>webhook-id</c>.</summary>
internal sealed class CallWebhookRobot() : Robot<CallWebhookRobot.Settings>("call_webhook", RobotKind.Effect, RobotGroups.Other)
{
    public const string Status = "Status";
    public const string Body = "Body";

    private const int LongestBody = 256 * 1024;
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Status, FieldKind.Integer), RobotResult.Of(Body, FieldKind.LongText)];

    public override IReadOnlyList<Field> ResultsOf(JsonElement settings) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("results", out var named) && named.ValueKind == JsonValueKind.Object
            ? [.. Results, .. named.EnumerateObject().Select(n => RobotResult.Of(n.Name, FieldKind.Text))]
            : Results;

    /// <summary>Values go into the body in the body's own language, so that a quote in a title breaks neither JSON nor a form.</summary>
    public override Func<string, string>? Encoder(string setting, IReadOnlyDictionary<string, string> constants)
    {
        if (setting != "body") return null;

        var type = constants.GetValueOrDefault("contentType", Settings.DefaultContentType);
        return type.Contains("json", StringComparison.OrdinalIgnoreCase) ? text => JsonEncodedText.Encode(text).ToString()
            : type.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString
            : null;
    }

    protected override PreparedEffect Prepare(Settings settings, RobotContext context)
    {
        var method = settings.Method.ToUpperInvariant();
        if (!Methods.Contains(method)) throw Wrong("method", "The method is none of GET, POST, PUT, PATCH and DELETE.");
        if (!Uri.TryCreate(settings.Url.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.IdnHost.Length == 0)
            throw Wrong("url", "The address is not a URL such as https://example.com/path.");
        if (url.UserInfo.Length > 0) throw Wrong("url", "The address must not carry a user name or a password.");
        if (settings.Body.Length > LongestBody) throw Wrong("body", "The body is longer than 256 KB.");
        if (method == "GET" && settings.Body.Length > 0) throw Wrong("body", "A GET call has no body; choose POST or leave the body empty.");
        if (settings.Headers.FirstOrDefault(h => h.Key.Length == 0 || HasBreak(h.Key) || HasBreak(h.Value)).Key is { } header)
            throw Wrong("headers", $"The header {header.Trim()} is empty or has a line break.");

        foreach (var (name, path) in settings.Results)
        {
            VariableName.Require(name, "results");
            if (name is Status or Body) throw Wrong("results", $"{name} is a result of its own.");
            if (!JsonPath.IsValid(path)) throw Wrong("results", $"\"{path}\" is no path into JSON such as data.items[0].id.");
        }

        var request = new WebhookRequest(
            method,
            settings.Url.Trim(),
            settings.Headers,
            method == "GET" ? null : settings.Body,
            settings.ContentType.Length > 0 ? settings.ContentType : Settings.DefaultContentType,
            settings.Sign,
            context.Cause is { } cause ? ChainHeader.Write(cause) : null)
        {
            Results = settings.Results,
        };
        return new(WebhookSender.EffectKind, url.GetLeftPart(UriPartial.Authority), request.ToJson());
    }

    private static bool HasBreak(string text) => text.AsSpan().ContainsAny('\r', '\n', '\0');

    private static RuleBrokenException Wrong(string setting, string message) => new("setting.invalid", message, setting);

    internal sealed record Settings
    {
        public const string DefaultContentType = "application/json";

        [Setting(FieldKind.Option, Required = true, Options = ["GET", "POST", "PUT", "PATCH", "DELETE"])]
        public string Method { get; init; } = "POST";

        [Setting(FieldKind.Url, Required = true)]
        public string Url { get; init; } = "";

        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        [Setting(FieldKind.LongText, MaxLength = LongestBody)]
        public string Body { get; init; } = "";

        [Setting(FieldKind.Text, MaxLength = 255)]
        public string ContentType { get; init; } = DefaultContentType;

        /// <summary>Whether the call carries a signature by which the receiver knows that it is ours.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Sign { get; init; }

        /// <summary>By name of the result its place in the answer: <c>data.items[0].id</c>.</summary>
        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, string> Results { get; init; } = new Dictionary<string, string>();
    }
}

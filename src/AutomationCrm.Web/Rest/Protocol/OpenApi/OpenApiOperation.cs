using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Writing;

namespace AutomationCrm.Web.Rest.Protocol.OpenApi;

/// <summary>One method as a path with one POST operation; GET works alike and is said once for all.</summary>
internal static class OpenApiOperation
{
    private static readonly (string Status, string About)[] Failures =
    [
        ("400", "The parameters or the data are not acceptable."),
        ("401", "The webhook is not known."),
        ("403", "The webhook lacks the scope or its owner the right."),
        ("429", "The time budget of the method is used up, or too many sign-ins failed."),
        ("500", "The server failed."),
        ("503", "Too many requests."),
    ];

    public static void Write(Utf8JsonWriter json, RestMethod method)
    {
        json.WriteStartObject("/" + method.Name);
        json.WriteStartObject("post");
        json.WriteString("operationId", method.Name);
        json.WriteString("summary", method.About.Length == 0 ? method.Name : method.About);
        json.WriteStartArray("tags");
        json.WriteStringValue(OpenApiWriter.TagOf(method));
        json.WriteEndArray();
        json.WriteString("description", Conditions(method));
        if (!method.ReadOnly) WriteCommandId(json);
        WriteBody(json, method);
        WriteResponses(json, method);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>All parameters, with <c>start</c> where the method is paged.</summary>
    public static IEnumerable<RestParameter> ParametersOf(RestMethod method) =>
        method.Paged && !method.Parameters.Any(p => p.Name == "start")
            ? method.Parameters.Append(RestParameter.May("start", RestShape.Whole.Like(0), "Where the page starts: 0, 50, 100 …; -1 does not count the rows."))
            : method.Parameters;

    private static string Conditions(RestMethod method) =>
        $"Scope: {method.Scope ?? "none"}. Caller: {(method.Right == RestRight.Administrator ? "administrator" : "member")}.";

    private static void WriteCommandId(Utf8JsonWriter json)
    {
        json.WriteStartArray("parameters");
        json.WriteStartObject();
        json.WriteString("$ref", "#/components/parameters/CommandId");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, RestMethod method)
    {
        var parameters = ParametersOf(method).ToArray();
        if (parameters.Length == 0) return;
        var shape = RestShape.Object(parameters);
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", parameters.Any(p => p.Required));
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WritePropertyName("schema");
        OpenApiSchema.Write(json, shape, strict: method.Style == RestStyle.Own, forInput: true);
        WriteExample(json, OpenApiSchema.ExampleOf(shape));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, RestMethod method)
    {
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "The result.");
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        WriteEnvelope(json, method);
        json.WriteEndObject();
        WriteExample(json, EnvelopeExample(method));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var (status, about) in Failures) WriteFailure(json, status, about);
        json.WriteEndObject();
    }

    private static void WriteEnvelope(Utf8JsonWriter json, RestMethod method)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WritePropertyName("result");
        OpenApiSchema.Write(json, method.Result, strict: false, forInput: false);
        if (method.Paged)
        {
            foreach (var name in (string[])["total", "next"])
            {
                json.WriteStartObject(name);
                json.WriteString("type", "integer");
                json.WriteEndObject();
            }
        }

        json.WriteStartObject("time");
        json.WriteString("$ref", "#/components/schemas/Time");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("required");
        json.WriteStringValue("result");
        json.WriteStringValue("time");
        json.WriteEndArray();
    }

    private static RestMap EnvelopeExample(RestMethod method)
    {
        var envelope = RestValue.Map(("result", OpenApiSchema.ExampleOf(method.Result)));
        if (method.Paged) envelope["total"] = 1;
        envelope["time"] = OpenApiComponents.TimeExample;
        return envelope;
    }

    private static void WriteFailure(Utf8JsonWriter json, string status, string about)
    {
        json.WriteStartObject(status);
        json.WriteString("description", about);
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("$ref", "#/components/schemas/Error");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, RestValue example)
    {
        json.WritePropertyName("example");
        json.WriteRawValue(RestJsonWriter.Write(example).Span);
    }
}

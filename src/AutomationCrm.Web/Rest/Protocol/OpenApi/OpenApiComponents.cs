using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Http;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.OpenApi;

/// <summary>The parts every operation refers to: the error, the timing, the command id, the way to sign in.</summary>
internal static class OpenApiComponents
{
    public const string SecurityScheme = "webhook";

    public static RestMap TimeExample { get; } = RestValue.Map(
        ("start", 1767603600.123456m),
        ("finish", 1767603600.133456m),
        ("duration", 0.01m),
        ("processing", 0.01m),
        ("date_start", "2026-01-05T09:00:00+00:00"),
        ("date_finish", "2026-01-05T09:00:00+00:00"),
        ("operating_reset_at", 1767604200),
        ("operating", 0.01m));

    private static readonly RestShape Time = RestShape.Object(
        RestParameter.Need("start", RestShape.Number, "Unix seconds."),
        RestParameter.Need("finish", RestShape.Number, "Unix seconds."),
        RestParameter.Need("duration", RestShape.Number, "Seconds."),
        RestParameter.Need("processing", RestShape.Number, "Seconds."),
        RestParameter.Need("date_start", RestShape.Instant),
        RestParameter.Need("date_finish", RestShape.Instant),
        RestParameter.Need("operating", RestShape.Number, "Seconds this method ran for this webhook in the last ten minutes."),
        RestParameter.Need("operating_reset_at", RestShape.Whole, "Unix seconds when the oldest part of operating is forgotten.")).Like(TimeExample);

    private static readonly RestShape Error = RestShape.Object(
        RestParameter.Need("error", RestShape.Text, "The code; empty for methods of the classic family."),
        RestParameter.Need("error_description", RestShape.Text, "What is wrong, in words."),
        RestParameter.May("argument", RestShape.Text, "The parameter or field that is wrong."))
        .Like(RestValue.Map(("error", "100"), ("error_description", "Could not find value for parameter {fields}"), ("argument", "fields")));

    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        json.WritePropertyName("Error");
        OpenApiSchema.Write(json, Error, strict: false, forInput: false, "Every error has this form, whatever its status.");
        json.WritePropertyName("Time");
        OpenApiSchema.Write(json, Time, strict: false, forInput: false);
        json.WriteEndObject();
        WriteCommandId(json);
        WriteSecurityScheme(json);
        json.WriteEndObject();
    }

    private static void WriteCommandId(Utf8JsonWriter json)
    {
        json.WriteStartObject("parameters");
        json.WriteStartObject("CommandId");
        json.WriteString("name", RestEndpoint.CommandIdHeader);
        json.WriteString("in", "header");
        json.WriteString("description", "A UUID of the client for safe retries: the same id is done once and answered alike.");
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteString("format", "uuid");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSecurityScheme(Utf8JsonWriter json)
    {
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject(SecurityScheme);
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteString("description", "The token is {userId}.{secret} of an inbound webhook.");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

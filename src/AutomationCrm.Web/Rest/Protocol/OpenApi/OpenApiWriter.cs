using System.Buffers;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Writing;

namespace AutomationCrm.Web.Rest.Protocol.OpenApi;

/// <summary>The OpenAPI 3.1 document of the method table.</summary>
internal static class OpenApiWriter
{
    public static byte[] Write(RestMethodTable table)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            WriteInfo(json);
            WriteServers(json);
            WriteTags(json, table);
            json.WriteStartObject("paths");
            foreach (var method in table.Methods) OpenApiOperation.Write(json, method);
            json.WriteEndObject();
            OpenApiComponents.Write(json);
            WriteSecurity(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The group of a method in the document: crm.deal for crm.deal.add, service for names without a dot.</summary>
    public static string TagOf(RestMethod method)
    {
        var dot = method.Name.LastIndexOf('.');
        return dot < 0 ? "service" : method.Name[..dot];
    }

    private static void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("info");
        json.WriteString("title", "AutomationCrm REST");
        json.WriteString("version", typeof(OpenApiWriter).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");
        json.WriteString("description", "Bitrix24's REST protocol. Every method takes GET and POST; parameters travel as query, urlencoded form, multipart form or JSON. Lists have pages of 50.");
        json.WriteEndObject();
    }

    private static void WriteServers(Utf8JsonWriter json)
    {
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", "/rest");
        json.WriteString("description", "With the secret in the Authorization header, or as /rest/{userId}/{secret} with the secret of an inbound webhook.");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, RestMethodTable table)
    {
        json.WriteStartArray("tags");
        foreach (var tag in table.Methods.Select(TagOf).Distinct(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSecurity(Utf8JsonWriter json)
    {
        json.WriteStartArray("security");
        json.WriteStartObject();
        json.WriteStartArray(OpenApiComponents.SecurityScheme);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}

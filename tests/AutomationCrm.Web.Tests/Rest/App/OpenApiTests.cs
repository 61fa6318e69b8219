using System.Text;
using AutomationCrm.Testing;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Protocol.OpenApi;

namespace AutomationCrm.Web.Tests.Rest.App;

public sealed class OpenApiTests
{
    [Fact]
    public void The_document_of_the_real_table_is_approved() => Approved.Text("openapi", Encoding.UTF8.GetString(OpenApiWriter.Write(RestApi.Table)));
}

using AutomationCrm.Web.Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace AutomationCrm.Web.Tests.Hosting;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("https://crm.example.com", "crm.example.com", false)]
    [InlineData("http://crm.example.com", "crm.example.com", false)]
    [InlineData("http://crm.example.com:5000", "crm.example.com:5000", false)]
    [InlineData("https://crm.example.com", "crm.example.com:443", false)]
    [InlineData("http://crm.example.com:8080", "crm.example.com:5000", true)]
    [InlineData("http://crm.example.com:8080", "crm.example.com", true)]
    [InlineData("https://evil.example.com", "crm.example.com", true)]
    [InlineData("null", "crm.example.com", true)]
    public void An_unsafe_request_comes_from_the_same_host_and_port(string origin, string host, bool refused)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Host) = ("POST", "/deals", new HostString(host));
        request.Headers.Origin = origin;

        Assert.Equal(refused, CrossSiteGuard.Refuses(request));
    }
}

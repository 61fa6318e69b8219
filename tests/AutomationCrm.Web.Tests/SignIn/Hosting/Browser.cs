using System.Net;
using System.Text.RegularExpressions;

namespace AutomationCrm.Web.Tests.SignIn.Hosting;

/// <summary>What a page answered.</summary>
internal sealed record PageAnswer(int Status, string Body, string? Location, IReadOnlyList<string> SetCookies);

/// <summary>A browser without scripts: keeps cookies, sends the form token of the page it looked at, follows no redirect.</summary>
internal sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal) { ["Accept"] = "text/html" };

    public Task<PageAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Looks at <paramref name="page"/> and posts a form with its token to <paramref name="path"/>.</summary>
    public async Task<PageAnswer> PostAsync(string page, string path, params (string Name, string Value)[] fields) =>
        await PostBareAsync(path, [.. fields, ("__RequestVerificationToken", await TokenAsync(page))]);

    /// <summary>Posts a form without a token of its own.</summary>
    public Task<PageAnswer> PostBareAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) });

    public async Task<string> TokenAsync(string page)
    {
        var answer = await GetAsync(page);
        Assert.Equal(200, answer.Status);
        return WebUtility.HtmlDecode(FormToken().Match(answer.Body).Groups["token"].Value);
    }

    public async Task<PageAnswer> SendAsync(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (Cookies.Count > 0) request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        using (request)
        using (var response = await _client.SendAsync(request))
        {
            string[] set = response.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];
            foreach (var cookie in set) Keep(cookie);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString, set);
        }
    }

    public void Dispose() => _client.Dispose();

    private void Keep(string cookie)
    {
        var pair = cookie.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0) Cookies.Remove(pair[0]);
        else Cookies[pair[0]] = pair[1];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}

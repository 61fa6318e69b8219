namespace AutomationCrm.Application.Messages.Mail;

/// <summary>The two bodies of a mail, and the links that go through us.</summary>
public sealed record MailBody(string Html, string Text, IReadOnlyList<string> Links)
{
    private const int MostLinks = 100;
    private const int LongestUrl = 2_000;

    /// <param name="token">Names the mail in tracked links.</param>
    /// <param name="trackOpens">Whether a picture tells that the mail was opened.</param>
    /// <param name="optout">The address under which no more mail can be asked for; null without one.</param>
    public static MailBody Make(string source, bool markup, string token, bool trackOpens, bool trackLinks, (string Text, string Url)? optout, PublicLinks links)
    {
        var tracked = new List<string>();
        var (html, text) = MailMarkup.Render(source, markup, url =>
        {
            if (!IsSafe(url)) return null;
            if (!trackLinks || tracked.Count >= MostLinks || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) return url;
            var known = tracked.IndexOf(url);
            if (known < 0)
            {
                tracked.Add(url);
                known = tracked.Count - 1;
            }

            return links.MailLink(token, known + 1);
        });
        if (optout is var (word, address))
        {
            html += $"<p><small><a href=\"{address}\">{System.Net.WebUtility.HtmlEncode(word)}</a></small></p>\n";
            text += $"\n\n-- \n{word}: {address}";
        }

        if (trackOpens) html += $"<img src=\"{links.MailOpened(token)}\" width=\"1\" height=\"1\" alt=\"\">\n";
        return new($"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{html}</body></html>\n", text, tracked);
    }

    private static bool IsSafe(string url) =>
        url.Length <= LongestUrl && !HeaderText.IsHostile(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme is "mailto" || (uri.Scheme is "http" or "https" && uri.IdnHost.Length > 0 && uri.UserInfo.Length == 0));
}

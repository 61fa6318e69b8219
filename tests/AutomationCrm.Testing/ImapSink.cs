using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AutomationCrm.Testing;

/// <summary>A real IMAP server with one folder on a free loopback port: as much of IMAP4rev1 as a client needs to read what is new.</summary>
public sealed class ImapSink : IAsyncDisposable
{
    private readonly LoopbackServer server;
    private readonly List<(string Raw, bool Seen)> mails = [];

    public ImapSink() => server = new(ServeAsync);

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Crm:Mailbox:Server"] = server.Address,
        ["Crm:Mailbox:Tls"] = "off",
        ["Crm:Mailbox:User"] = "crm",
        ["Crm:Mailbox:Password"] = "s3cret",
    };

    public int Unseen
    {
        get
        {
            lock (mails) return mails.Count(m => !m.Seen);
        }
    }

    public void Put(string raw)
    {
        lock (mails) mails.Add((raw.ReplaceLineEndings("\r\n"), false));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), ct);
        await SayAsync("* OK [CAPABILITY IMAP4rev1] sink");
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var parts = line.Split(' ', 3);
            var (tag, verb, rest) = (parts[0], parts.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "", parts.ElementAtOrDefault(2) ?? "");
            foreach (var answer in Answers(verb, rest)) await SayAsync(answer);
            await SayAsync(verb == "LOGIN" && !rest.Contains("s3cret", StringComparison.Ordinal) ? $"{tag} NO who are you" : $"{tag} OK {(verb == "SELECT" ? "[READ-WRITE] " : "")}done");
            if (verb == "LOGOUT") return;
        }
    }

    private List<string> Answers(string verb, string rest)
    {
        lock (mails)
        {
            return verb switch
            {
                "CAPABILITY" => ["* CAPABILITY IMAP4rev1"],
                "LIST" or "LSUB" => rest.EndsWith("\"\"", StringComparison.Ordinal) ? ["* LIST (\\Noselect) \"/\" \"\""] : ["* LIST () \"/\" INBOX"],
                "SELECT" or "EXAMINE" => [$"* {mails.Count} EXISTS", "* 0 RECENT", "* FLAGS (\\Seen)", "* OK [PERMANENTFLAGS (\\Seen)] ok", "* OK [UIDVALIDITY 1] ok", $"* OK [UIDNEXT {mails.Count + 1}] ok"],
                "LOGOUT" => ["* BYE"],
                "UID" => Uid(rest),
                _ => [],
            };
        }
    }

    private List<string> Uid(string rest)
    {
        if (rest.StartsWith("SEARCH", StringComparison.OrdinalIgnoreCase))
            return ["* SEARCH" + string.Concat(mails.Select((m, i) => m.Seen ? "" : string.Create(CultureInfo.InvariantCulture, $" {i + 1}")))];

        var set = rest.Split(' ')[1];
        var answers = new List<string>();
        for (var i = 0; i < mails.Count; i++)
        {
            if (!Covers(set, i + 1)) continue;
            if (rest.StartsWith("STORE", StringComparison.OrdinalIgnoreCase)) mails[i] = (mails[i].Raw, true);
            else if (rest.Contains("BODY", StringComparison.OrdinalIgnoreCase)) answers.Add($"* {i + 1} FETCH (UID {i + 1} BODY[] {{{Encoding.Latin1.GetByteCount(mails[i].Raw)}}}\r\n{mails[i].Raw})");
            else answers.Add($"* {i + 1} FETCH (UID {i + 1} RFC822.SIZE {mails[i].Raw.Length})");
        }

        return answers;
    }

    private static bool Covers(string set, int uid) => set.Split(',').Any(range =>
        range.Split(':') is [var from, var to] ? uid >= int.Parse(from, CultureInfo.InvariantCulture) && (to == "*" || uid <= int.Parse(to, CultureInfo.InvariantCulture)) : int.Parse(range, CultureInfo.InvariantCulture) == uid);
}

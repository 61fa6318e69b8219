using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace AutomationCrm.Testing;

/// <summary>A mail as the sink got it, byte by byte. <see cref="Commands"/> are all lines outside the mail's content.</summary>
public sealed record SinkMail(string From, IReadOnlyList<string> To, byte[] Content, IReadOnlyList<string> Commands)
{
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>The header lines of the message itself, unfolded, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers
    {
        get
        {
            var head = Text.Split("\r\n\r\n", 2)[0].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
            return [.. head.Split("\r\n").Select(line => line.Split(':', 2)).Select(p => (p[0], p.Length > 1 ? p[1].Trim() : ""))];
        }
    }

    public string? Header(string name) => Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).SingleOrDefault();

    /// <summary>The parts in base64 as text, one after the other.</summary>
    public IReadOnlyList<string> Parts => [.. RawParts.Select(Encoding.UTF8.GetString)];

    public IReadOnlyList<byte[]> RawParts
    {
        get
        {
            var parts = new List<byte[]>();
            foreach (var block in Text.Split("\r\n\r\n").Skip(1))
            {
                var body = block.Split("\r\n--")[0].Replace("\r\n", "", StringComparison.Ordinal);
                var bytes = new byte[body.Length];
                if (body.Length > 0 && Convert.TryFromBase64String(body, bytes, out var count)) parts.Add(bytes[..count]);
            }

            return parts;
        }
    }
}

/// <summary>A real SMTP server on a free loopback port that records every byte and answers as told.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<SinkMail> mails = new();
    private Func<string, string?> reply = _ => null;

    public SmtpSink() => server = new(ServeAsync);

    public string Address => server.Address;

    public IReadOnlyList<SinkMail> Mails => [.. mails];

    /// <summary>Account and password of the last sign-in, as <c>user:password</c>.</summary>
    public string? SignedIn { get; private set; }

    /// <summary>Whether the server offers to sign in.</summary>
    public bool AsksForPassword { get; init; }

    /// <summary>The settings of an app that sends here.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Crm:Mail:Server"] = Address,
        ["Crm:Mail:Tls"] = "off",
        ["Crm:Mail:From"] = "Shop <shop@example.com>",
        ["Crm:Url"] = "https://crm.example.com",
    };

    /// <summary>Answers of its own by command line (<c>.</c> is the end of the content); null: the usual one. An empty answer is silence.</summary>
    public void Reply(Func<string, string?> answer) => reply = answer;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task ServeAsync(NetworkStream stream, CancellationToken ct) => new Session(this, stream).RunAsync(ct);

    private sealed class Session(SmtpSink sink, NetworkStream stream)
    {
        private readonly List<string> commands = [];
        private readonly List<string> to = [];
        private readonly byte[] buffer = new byte[64 * 1024];
        private int filled;
        private int read;
        private string from = "";

        public async Task RunAsync(CancellationToken ct)
        {
            await SayAsync(sink.reply("") ?? "220 sink", ct);
            while (await LineAsync(ct) is { } bytes)
            {
                var line = Encoding.UTF8.GetString(bytes);
                commands.Add(line);
                var verb = line.Split(' ', 2)[0].ToUpperInvariant();
                var special = sink.reply(line);
                if (special is null) await UsualAsync(verb, line, ct);
                else await SayAsync(special, ct);
                if (verb == "QUIT") return;
            }
        }

        private async Task UsualAsync(string verb, string line, CancellationToken ct)
        {
            switch (verb)
            {
                case "EHLO": await SayAsync(sink.AsksForPassword ? "250-sink\r\n250 AUTH LOGIN" : "250 sink", ct); break;
                case "AUTH": await SignInAsync(line, ct); break;
                case "MAIL":
                    (from, _) = (Path(line), 0);
                    to.Clear();
                    await SayAsync("250 ok", ct);
                    break;
                case "RCPT":
                    to.Add(Path(line));
                    await SayAsync("250 ok", ct);
                    break;
                case "DATA": await ContentAsync(ct); break;
                case "QUIT": await SayAsync("221 bye", ct); break;
                case "RSET" or "NOOP" or "HELO": await SayAsync("250 ok", ct); break;
                default: await SayAsync("500 what", ct); break;
            }
        }

        private async Task SignInAsync(string line, CancellationToken ct)
        {
            var user = line.Split(' ').ElementAtOrDefault(2);
            if (user is null)
            {
                await SayAsync("334 VXNlcm5hbWU6", ct);
                user = Encoding.UTF8.GetString(await LineAsync(ct) ?? []);
            }

            await SayAsync("334 UGFzc3dvcmQ6", ct);
            var password = Encoding.UTF8.GetString(await LineAsync(ct) ?? []);
            sink.SignedIn = $"{Encoding.UTF8.GetString(Convert.FromBase64String(user))}:{Encoding.UTF8.GetString(Convert.FromBase64String(password))}";
            await SayAsync("235 in", ct);
        }

        private async Task ContentAsync(CancellationToken ct)
        {
            await SayAsync("354 go", ct);
            using var content = new MemoryStream();
            while (await LineAsync(ct) is { } line && line is not [(byte)'.'])
            {
                content.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
                content.Write("\r\n"u8);
            }

            var answer = sink.reply(".") ?? "250 taken";
            if (answer.StartsWith('2')) sink.mails.Enqueue(new(from, [.. to], content.ToArray(), [.. commands]));
            await SayAsync(answer, ct);
        }

        private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.LastIndexOf('>')];

        private async Task SayAsync(string answer, CancellationToken ct)
        {
            if (answer.Length == 0) await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), ct);
        }

        /// <summary>Up to the next CR LF; a bare LF or CR is content.</summary>
        private async Task<byte[]?> LineAsync(CancellationToken ct)
        {
            using var line = new MemoryStream();
            while (true)
            {
                if (read == filled)
                {
                    (read, filled) = (0, await stream.ReadAsync(buffer, ct));
                    if (filled == 0) return null;
                }

                var b = buffer[read++];
                line.WriteByte(b);
                if (b == '\n' && line.Length > 1 && line.GetBuffer()[line.Length - 2] == '\r') return line.GetBuffer()[..(int)(line.Length - 2)];
            }
        }
    }
}

using System.Text;
using AutomationCrm.Application.Messages;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Client;

/// <summary>Writes messages of the outbox into chats of others.</summary>
internal sealed class ChatEffectSender(IOutboundHttp http, ChatSecrets chats) : IEffectSender
{
    private const int KeptBytes = 1024;

    public string Kind => ChatRequest.EffectKind;

    public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        var request = ChatRequest.Parse(requestJson);
        if (await chats.UrlAsync(request.WebhookId, ct) is not { } url) return new(null, null, $"The chat {request.Chat} is gone.", Retryable: false);

        try
        {
            var answer = await http.SendAsync(new("POST", url) { Body = Encoding.UTF8.GetBytes(ChatFormats.Body(request.Format, request.Text, request.Title, request.Link)) }, ct);
            var kept = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(KeptBytes, answer.Body.Length)]);
            return answer.Status is >= 200 and < 300 ? Sent(request, answer.Status, kept) : new(answer.Status, kept, $"Answered {answer.Status}.", Retryable: answer.Status is 408 or 429 or >= 500);
        }
        catch (OutboundException failure)
        {
            return new(null, null, failure.Message, failure.Retryable);
        }
    }

    private static SendResult Sent(ChatRequest request, int status, string kept) => new(status, kept, null, Retryable: false)
    {
        Results = new Dictionary<string, Value> { [SendChatWebhookRobot.Status] = Value.Of((decimal)status) },
        Then = new NoteJob("chat", request.Chat, request.Text, request.RunId, request.RobotRunId).ToJob(),
    };
}

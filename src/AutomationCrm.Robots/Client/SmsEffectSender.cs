using AutomationCrm.Application.Messages;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Client;

/// <summary>Sends text messages of the outbox through their HTTP provider.</summary>
internal sealed class SmsEffectSender(IOutboundHttp http, SmsSecrets providers, SmsQuota quota) : IEffectSender
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // Refused before anything was sent; everything else may have arrived.
    private static readonly HashSet<string> NotSent = new(StringComparer.Ordinal)
    {
        "outbound.method", "outbound.body", "outbound.header", "outbound.url", "outbound.scheme", "outbound.userinfo", "outbound.port", "outbound.address", "outbound.name", "outbound.connect",
    };

    public string Kind => SmsRequest.EffectKind;

    public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        var request = SmsRequest.Parse(requestJson);
        if (await providers.FindAsync(request.ProviderId, ct) is not var (provider, secret)) return new(null, null, $"The SMS provider {request.Provider} is gone.", Retryable: false);

        if (await quota.IsSpentForAsync(request.To, ct)) return SendResult.Hold("sms.recipient", LookAgain);

        try
        {
            var answer = await http.SendAsync(SmsCall.Build(provider, secret, request.To, request.Text, effectKey), ct);
            var (error, id) = SmsCall.Judge(provider, answer);
            // A server that broke down while it answered may have sent it.
            return error is null ? Sent(request, answer, id) : new(answer.Status, SmsCall.Kept(answer), error, Retryable: false) { Unknown = answer.Status >= 500 };
        }
        catch (OutboundException failure)
        {
            return new(null, null, failure.Message, failure.Retryable) { Unknown = !NotSent.Contains(failure.Code) };
        }
    }

    private static SendResult Sent(SmsRequest request, OutboundAnswer answer, string id) => new(answer.Status, SmsCall.Kept(answer), null, Retryable: false)
    {
        Results = new Dictionary<string, Value> { [SendSmsRobot.MessageId] = Value.Of(id), [SendSmsRobot.Phone] = Value.Of(request.To) },
        Then = new NoteJob("sms", request.To, request.Text, request.RunId, request.RobotRunId).ToJob(),
    };
}

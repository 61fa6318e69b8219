namespace AutomationCrm.Application.Messages.Sms;

/// <summary>Forms that are filled in already, for providers that many use.</summary>
public static class SmsPresets
{
    public static IReadOnlyList<(string Code, string Title)> All { get; } = [("twilio", "Twilio"), ("json", "JSON"), ("form", "GET")];

    /// <summary>A new provider; an unknown code gives an empty JSON one.</summary>
    public static SmsProviderFields Of(string code) => code switch
    {
        "twilio" => new()
        {
            Name = "Twilio",
            Url = "https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json",
            ContentType = "application/x-www-form-urlencoded",
            Body = "To={to}&From={from}&Body={text}",
            Auth = "basic",
            SuccessPath = "sid",
            IdPath = "sid",
            ErrorPath = "message",
        },
        "form" => new() { Name = "SMS", Method = "GET", Url = "https://sms.example.com/send?to={to}&text={text}&key={secret}", ContentType = "text/plain" },
        _ => new() { Name = "SMS", Url = "https://sms.example.com/messages", Body = """{"to":"{to}","from":"{from}","text":"{text}","reference":"{id}"}""", Auth = "bearer", IdPath = "id", ErrorPath = "error.message" },
    };
}

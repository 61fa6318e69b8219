namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Reply addresses: <c>crm+TOKEN@example.com</c> leads an answer back to its mail even when its program drops all references.</summary>
public static class MailReply
{
    public static string WithToken(Mailbox address, string token)
    {
        var at = address.Address.LastIndexOf('@');
        return $"{address.Address[..at]}+{token}{address.Address[at..]}";
    }

    /// <summary>The token in a recipient's address; null without one.</summary>
    public static string? TokenOf(string address)
    {
        var (plus, at) = (address.LastIndexOf('+'), address.LastIndexOf('@'));
        return plus >= 0 && at > plus && address[(plus + 1)..at] is var token && MailIds.IsToken(token) ? token : null;
    }
}

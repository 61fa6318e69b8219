using AutomationCrm.Domain.Crm;
using Microsoft.Extensions.Configuration;

namespace AutomationCrm.Application.Messages;

/// <summary>Addresses under which people outside reach the app; they begin with the configured address, never with what a request says (A24).</summary>
public sealed class PublicLinks(IConfiguration configuration)
{
    public string Base => (configuration["Crm:Url"] ?? "http://localhost:5000").TrimEnd('/');

    /// <summary>The card of an item, whatever its type is called in addresses.</summary>
    public string Item(ItemRef item) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Base}/item/{item.TypeId}/{item.Id}");

    public string MailOpened(string token) => $"{Base}/m/o/{token}.gif";

    public string MailLink(string token, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Base}/m/l/{token}/{number}");

    public string MailOptout(string token) => $"{Base}/m/u/{token}";
}

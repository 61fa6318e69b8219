using System.Text.Encodings.Web;
using System.Text.Json;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Outbox;

/// <summary>One delivery: what is sent, what came back each time, and sending it again.</summary>
public sealed class DeliveryModel(ISender sender, RequestText requests, IStringLocalizer<Texts> texts) : PageModel
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public DeliveryDetail Detail { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public Guid Key { get; set; }

    public string Topic => Topics.Outbox;

    public string Address => $"/outbox/{Key}";

    /// <summary>The parts of the request, texts as they are and everything else as indented JSON.</summary>
    public IReadOnlyList<(string Name, string Text)> Sent => requests.Parts(Detail.Delivery.EffectKind, Detail.Delivery.Request) ?? Parts(Detail.Delivery.Request);

    public async Task OnGetAsync(CancellationToken ct) => Detail = await sender.Send(new GetDelivery(Key), ct);

    public async Task<PartialViewResult> OnGetDetailAsync(CancellationToken ct)
    {
        Detail = await sender.Send(new GetDelivery(Key), ct);
        return Partial("_Delivery", this);
    }

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken ct)
    {
        await sender.Send(new RedeliverDelivery(Key), ct);
        return Back(texts["outbox.again_done"]);
    }

    public async Task<IActionResult> OnPostResolveAsync(long incident, IncidentAction act, CancellationToken ct)
    {
        await sender.Send(new ResolveIncident(incident, act), ct);
        return Back(texts["attention.decided"]);
    }

    /// <summary>JSON indented, any other text as it came.</summary>
    public static string Pretty(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(json.RootElement, Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static IReadOnlyList<(string Name, string Text)> Parts(string request)
    {
        try
        {
            using var json = JsonDocument.Parse(request);
            return json.RootElement.ValueKind != JsonValueKind.Object ? [("", Pretty(request))]
                : [.. json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => (p.Name, p.Value.ValueKind == JsonValueKind.String ? Pretty(p.Value.GetString()!) : Pretty(p.Value.GetRawText())))];
        }
        catch (JsonException)
        {
            return [("", request)];
        }
    }

    private RedirectResult Back(string message)
    {
        Flash.Set(TempData, new Flash(message));
        return Redirect(Address);
    }
}

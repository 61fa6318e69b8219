using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Outbox;

/// <summary>States of deliveries in words.</summary>
public sealed class OutboxTexts(IStringLocalizer<Texts> texts)
{
    public string Word(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => texts["delivery.waiting"],
        DeliveryState.Sending => texts["delivery.sending"],
        DeliveryState.Delivered => texts["delivery.delivered"],
        DeliveryState.Failed => texts["delivery.failed"],
        DeliveryState.Cancelled => texts["delivery.cancelled"],
        _ => texts["delivery.unknown"],
    };

    public static string Badge(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "bg-green-lt",
        DeliveryState.Failed => "bg-red-lt",
        DeliveryState.Unknown => "bg-orange-lt",
        DeliveryState.Cancelled => "bg-secondary-lt",
        _ => "bg-blue-lt",
    };

    public static string Icon(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "circle-check",
        DeliveryState.Failed => "alert-triangle",
        DeliveryState.Unknown => "help-circle",
        DeliveryState.Cancelled => "circle-x",
        DeliveryState.Sending => "send",
        _ => "clock",
    };
}

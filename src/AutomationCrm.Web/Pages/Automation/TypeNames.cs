using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>What people call item types.</summary>
public sealed class TypeNames(IStringLocalizer<Texts> texts)
{
    public string Name(ItemType type) => ItemKind.All.FirstOrDefault(k => k.TypeId == type.Id) is { } kind ? texts[kind.Text] : type.Code;
}

using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Messages;

/// <summary>Addresses or numbers of an item's client: its own, else its contact's, else its company's.</summary>
/// <param name="Field">EMAIL or PHONE.</param>
/// <param name="Type">WORK, HOME and so on; empty: any.</param>
/// <param name="Rule">first, last or all; all takes those of the contact and the company together.</param>
public sealed record FindClientPoints(ItemRef Item, string Field, string Type, string Rule) : IRequest<IReadOnlyList<string>>;

internal sealed class FindClientPointsValidator : AbstractValidator<FindClientPoints>
{
    public FindClientPointsValidator()
    {
        RuleFor(q => q.Field).Must(f => f is FieldCodes.Email or FieldCodes.Phone);
        RuleFor(q => q.Rule).Must(r => r is "first" or "last" or "all");
    }
}

internal sealed class FindClientPointsHandler(IUnitOfWork work, IAccess access) : IRequestHandler<FindClientPoints, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(FindClientPoints request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        var found = new List<string>();
        await foreach (var client in ClientsAsync(item, cancellationToken))
        {
            var points = PointsOf(client, request).ToList();
            if (points.Count == 0) continue;
            switch (request.Rule)
            {
                case "first": return [points[0]];
                case "last": return [points[^1]];
                default: found.AddRange(points); break;
            }
        }

        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private async IAsyncEnumerable<Item> ClientsAsync(Item item, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return item;
        var contact = item[FieldCodes.Contact] is ItemValue c ? await work.FindItemAsync(new(c.TypeId, c.Id), ct) : null;
        if (contact is not null) yield return contact;
        var company = (item[FieldCodes.Company] as ItemValue) ?? (contact?[FieldCodes.Company] as ItemValue);
        if (company is not null && await work.FindItemAsync(new(company.TypeId, company.Id), ct) is { } found) yield return found;
    }

    private static IEnumerable<string> PointsOf(Item client, FindClientPoints request) =>
        (client.Type.Fields.Find(request.Field) is null ? null : client[request.Field] as ListValue)?.Items.OfType<ContactPointValue>()
            .Where(p => !p.IsEmpty && (request.Type.Length == 0 || p.Type.Equals(request.Type, StringComparison.OrdinalIgnoreCase))).Select(p => p.Text.Trim()) ?? [];
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Search;

/// <summary>Items of all types by title, number (#15), client, phone digits or e-mail, best first; nothing for an empty text.</summary>
public sealed record SearchEverything(string Text) : IRequest<IReadOnlyList<SearchHit>>
{
    public int Take { get; init; } = 20;

    /// <summary>Narrows the search; null looks everywhere.</summary>
    public IReadOnlyCollection<int>? TypeIds { get; init; }
}

/// <param name="Why">What matched: number, title, client, phone, email or text.</param>
public sealed record SearchHit(ItemRef Item, ItemType Type, string Title, string Why, string? Client, Stage? Stage, string ResponsibleName);

internal sealed class SearchEverythingValidator : AbstractValidator<SearchEverything>
{
    public SearchEverythingValidator()
    {
        RuleFor(q => q.Text).NotNull().MaximumLength(500);
        RuleFor(q => q.Take).InclusiveBetween(1, 100);
    }
}

internal sealed class SearchEverythingHandler(IItemReader reader, IPortal gate, IAccess access, Caller caller) : IRequestHandler<SearchEverything, IReadOnlyList<SearchHit>>
{
    public async Task<IReadOnlyList<SearchHit>> Handle(SearchEverything request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) return [];

        var portal = await gate.FreshAsync(cancellationToken);
        var types = portal.Types.Where(t => request.TypeIds?.Contains(t.Id) ?? true);
        var found = await reader.SearchAsync(request.Text, types.ToDictionary(t => t.Id, t => access.Scope(caller, t.Id, ItemAction.Read)), request.Take, cancellationToken);
        return [.. found.Select(f => new SearchHit(
            f.Item.Ref,
            f.Item.Type,
            f.Item.Title,
            f.Why,
            f.Client,
            f.Item.Type.HasStages ? portal.Stage(f.Item.Ref.TypeId, f.Item.StageId) : null,
            portal.PersonName(f.Item.ResponsibleId)))];
    }
}

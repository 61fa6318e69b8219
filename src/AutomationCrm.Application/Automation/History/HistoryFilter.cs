using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Query;
using FluentValidation;

namespace AutomationCrm.Application.Automation.History;

/// <summary>What both histories can be searched by; empty parts are not asked for.</summary>
public abstract record HistoryFilter
{
    public const int TextMaxLength = 200;

    /// <summary>A text is looked for in so many rows of a page, newest first; the next page goes on behind them.</summary>
    public const int TextWindow = 20_000;

    public int? TypeId { get; init; }

    /// <summary>Needs the type.</summary>
    public long? ItemId { get; init; }

    /// <summary>Needs the type.</summary>
    public string? StageId { get; init; }

    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Part of the message, in any case.</summary>
    public string? Text { get; init; }

    public HistoryCursor? After { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;

    internal string? Pattern => string.IsNullOrWhiteSpace(Text) ? null
        : $"%{Text.Trim().ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}

internal abstract class HistoryFilterValidator<T> : AbstractValidator<T>
    where T : HistoryFilter
{
    protected HistoryFilterValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.TypeId).NotNull().When(q => q.ItemId is not null || q.StageId is not null).OverridePropertyName("entityTypeId");
        RuleFor(q => q.Text).MaximumLength(HistoryFilter.TextMaxLength).OverridePropertyName("text");
        RuleFor(q => q.StageId).MaximumLength(100).OverridePropertyName("stageId");
        RuleFor(q => q.Until).GreaterThan(q => q.From).When(q => q.From is not null && q.Until is not null).OverridePropertyName("until").Refuses("history.period", "The end lies before the beginning.");
    }
}

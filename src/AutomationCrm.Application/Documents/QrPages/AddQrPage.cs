using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Documents.QrPages;

/// <summary>Makes a page that a visitor confirms, and answers its address.</summary>
/// <param name="Button">Empty: the page's own word.</param>
/// <param name="Days">How long the page is open.</param>
public sealed record AddQrPage(ItemRef Item, string Title, string Description, string Button, int Days) : ICommand<string>;

internal sealed class AddQrPageValidator : AbstractValidator<AddQrPage>
{
    public AddQrPageValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Title).NotEmpty().MaximumLength(QrPage.TitleMaxLength).Storable();
        RuleFor(c => c.Description).NotNull().MaximumLength(QrPage.DescriptionMaxLength).Storable();
        RuleFor(c => c.Button).NotNull().MaximumLength(QrPage.ButtonMaxLength).Storable();
        RuleFor(c => c.Days).InclusiveBetween(1, QrPage.MostDays);
    }
}

internal sealed class AddQrPageHandler(IUnitOfWork work, IAccess access, PublicLinks links) : IRequestHandler<AddQrPage, string>
{
    public async Task<string> Handle(AddQrPage request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var page = new QrPage
        {
            Id = await work.NextIdAsync(cancellationToken),
            Token = People.Secret.New(),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Title = request.Title,
            Description = request.Description,
            Button = request.Button,
            MadeAt = work.Now,
            OpenUntil = work.Now.AddDays(request.Days),
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.NewQrPages, page);
        return links.OfQrPage(page.Token);
    }
}

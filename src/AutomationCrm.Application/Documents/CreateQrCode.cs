using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Documents;

/// <summary>Draws a QR code and attaches it to an item.</summary>
/// <param name="Title">The picture's name; empty: "QR code".</param>
public sealed record CreateQrCode(ItemRef Item, string Text, string Title) : IRequest<QrCode>;

/// <param name="Url">Where people of the portal see the picture.</param>
public sealed record QrCode(Guid FileId, string Url);

internal sealed class CreateQrCodeValidator : AbstractValidator<CreateQrCode>
{
    public CreateQrCodeValidator()
    {
        RuleFor(c => c.Text).NotEmpty().MaximumLength(IQrCodes.LongestText).Storable();
        RuleFor(c => c.Title).MaximumLength(150).Storable();
    }
}

internal sealed class CreateQrCodeHandler(ISender sender, IQrCodes codes, PublicLinks links) : IRequestHandler<CreateQrCode, QrCode>
{
    public async Task<QrCode> Handle(CreateQrCode request, CancellationToken cancellationToken)
    {
        var name = request.Title.Length > 0 ? request.Title : "QR code";
        var id = await sender.Send(new AddItemFile(request.Item, name + ".png", codes.Png(request.Text)), cancellationToken);
        return new(id, links.OfFile(id));
    }
}

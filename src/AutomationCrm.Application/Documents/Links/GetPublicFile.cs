using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Files;
using FluentValidation;

namespace AutomationCrm.Application.Documents.Links;

/// <summary>A form of a document for whoever has its link.</summary>
/// <param name="Format">docx or pdf.</param>
public sealed record GetPublicFile(string Token, string Format) : IRequest<FileContent>;

internal sealed class GetPublicFileValidator : AbstractValidator<GetPublicFile>
{
    public GetPublicFileValidator() => RuleFor(q => q.Format).Must(f => f is "docx" or "pdf");
}

internal sealed class GetPublicFileHandler(PublicDocuments documents, IFileStore files) : IRequestHandler<GetPublicFile, FileContent>
{
    public async Task<FileContent> Handle(GetPublicFile request, CancellationToken cancellationToken)
    {
        var document = await documents.FindAsync(request.Token, cancellationToken);
        var id = request.Format == "pdf" ? document.PdfFileId : document.WithDocx ? document.SourceFileId : null;
        return (id is { } wanted ? await FileContent.ReadAsync(files, wanted, cancellationToken) : null) ?? throw new NotFoundException("File", request.Format);
    }
}

using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Files;

/// <summary>Deletes a file of an item for good; what belongs to a document is deleted with the document.</summary>
public sealed record DeleteItemFile(Guid Id) : ICommand<bool>;

internal sealed class DeleteItemFileHandler(IUnitOfWork work, IAccess access, CrmDbContext db) : IRequestHandler<DeleteItemFile, bool>
{
    public async Task<bool> Handle(DeleteItemFile request, CancellationToken cancellationToken)
    {
        var file = await db.ItemFiles.AsNoTracking().SingleOrDefaultAsync(f => f.FileId == request.Id, cancellationToken) ?? throw new NotFoundException("File", request.Id.ToString("D"));
        var item = await work.GetItemAsync(new ItemRef(file.TypeId, file.ItemId), cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        if (file.DocumentId is not null) throw new RuleBrokenException("file.document", $"{file.Name} belongs to a document; delete the document.", "file");

        work.Changes.Add(work.Changes.RemovedFiles, file.FileId);
        await FileNote.AddAsync(work, item.Ref, "file_deleted", file.Name, null, cancellationToken);
        return true;
    }
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Files;

/// <summary>A file with its content. Files of items under the items' rights, files of templates for administrators; everything else is not found.</summary>
public sealed record GetFile(Guid Id) : IRequest<FileContent>;

public sealed record FileContent(StoredFile File, byte[] Content)
{
    internal static async Task<FileContent?> ReadAsync(IFileStore files, Guid id, CancellationToken ct) =>
        await files.FindAsync(id, ct) is { } file && await files.ReadAsync(id, ct) is { } content ? new(file, content) : null;
}

internal sealed class GetFileHandler(CrmDbContext db, IFileStore files, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetFile, FileContent>
{
    public async Task<FileContent> Handle(GetFile request, CancellationToken cancellationToken)
    {
        await RequireAsync(request.Id, cancellationToken);
        return await FileContent.ReadAsync(files, request.Id, cancellationToken) ?? throw Missing(request.Id);
    }

    private async Task RequireAsync(Guid id, CancellationToken ct)
    {
        if (await db.ItemFiles.AsNoTracking().SingleOrDefaultAsync(f => f.FileId == id, ct) is { } file)
        {
            try
            {
                _ = await GetItemHandler.ReadAsync(new ItemRef(file.TypeId, file.ItemId), store, gate, access, caller, ct);
                return;
            }
            catch (NotFoundException)
            {
                // Said of the file, so that nobody learns whose it is.
                throw Missing(id);
            }
        }

        if (caller.IsAdmin && await db.DocumentTemplateVersions.AnyAsync(v => v.FileId == id, ct)) return;
        throw Missing(id);
    }

    private static NotFoundException Missing(Guid id) => new("File", id.ToString("D"));
}

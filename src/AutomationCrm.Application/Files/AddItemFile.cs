using System.Security.Cryptography;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Files;

/// <summary>Attaches a file to an item and answers its id.</summary>
public sealed record AddItemFile(ItemRef Item, string Name, byte[] Content) : ICommand<Guid>
{
    /// <summary>Files one item may have.</summary>
    public const int MostFiles = 500;
}

internal sealed class AddItemFileValidator : AbstractValidator<AddItemFile>
{
    public AddItemFileValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Name).NotEmpty();
        RuleFor(c => c.Content).Must(c => c is { Length: > 0 }).WithName("file").Refuses("file.empty", "The file is empty.");
        RuleFor(c => c.Content).Must(c => c is null || c.Length <= StoredFile.MostBytes).WithName("file").Refuses("file.size", "The file is larger than 20 MB.");
    }
}

internal sealed class AddItemFileHandler(IUnitOfWork work, IAccess access, CrmDbContext db) : IRequestHandler<AddItemFile, Guid>
{
    public async Task<Guid> Handle(AddItemFile request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var name = FileNames.Clean(request.Name);
        var type = FileTypes.Of(request.Content, name);
        if (type.IsProgram) throw new RuleBrokenException("file.program", $"{name} is a program; programs are not kept.", "file");
        if (FileTypes.BrokenPromise(request.Content, name) is { } promised) throw new RuleBrokenException("file.type", $"{name} is not what its name says: its content is not {promised}.", "file");
        var (typeId, id) = (item.Ref.TypeId, item.Ref.Id);
        if (await db.ItemFiles.CountAsync(f => f.TypeId == typeId && f.ItemId == id, cancellationToken) >= AddItemFile.MostFiles)
            throw new RuleBrokenException("file.many", $"An item takes at most {AddItemFile.MostFiles} files.", "file");

        var file = new StoredFile
        {
            Id = Guid.CreateVersion7(work.Now),
            Name = name,
            MediaType = type.MediaType,
            Size = request.Content.Length,
            Sha256 = SHA256.HashData(request.Content),
            CreatedAt = work.Now,
            CreatedBy = work.Caller.PersonId,
        };
        work.Changes.Add(work.Changes.NewFiles, new NewFile(file, request.Content));
        work.Changes.Add(work.Changes.ItemFiles, new ItemFile
        {
            FileId = file.Id,
            TypeId = typeId,
            ItemId = id,
            Name = name,
            Size = file.Size,
            At = work.Now,
            AddedBy = work.Caller.PersonId,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        });
        await FileNote.AddAsync(work, item.Ref, "file", name, $"/files/{file.Id}", cancellationToken);
        return file.Id;
    }
}

internal static class FileNote
{
    public static async ValueTask AddAsync(IUnitOfWork work, ItemRef item, string kind, string name, string? link, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.TypeId,
            ItemId = item.Id,
            Kind = kind,
            At = work.Now,
            ActorId = work.Caller.PersonId,
            Subject = name,
            Link = link,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        });
        work.Hint(Topics.Item(item));
    }
}

using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Paperwork;

/// <summary>Makes ordered documents in a scope of their own. The effect key is the document's: after a crash the same number and the same document come out.</summary>
internal sealed class DocumentSender(IServiceScopeFactory scopes) : IEffectSender
{
    public const string EffectKind = "document";

    public string Kind => EffectKind;

    public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        var order = DocumentOrder.Parse(requestJson);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Caller.SystemId, isAdmin: true, Origin.Robot, order.Cause);
        try
        {
            var made = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CreateDocument(Command(order, effectKey)), ct);
            return made.Problem is { } problem
                ? new(null, null, $"Document {made.Document.Number} has no PDF yet: {problem.Message}", problem.Retryable)
                : new(null, made.Document.Number, null, Retryable: false) { Results = Results(made) };
        }
        catch (Exception refusal) when (refusal is RuleBrokenException or NotFoundException or AccessDeniedException)
        {
            return new(null, null, refusal.Message, Retryable: false);
        }
        catch (ValidationException refusal)
        {
            return new(null, null, string.Join(' ', refusal.Errors.Select(e => e.ErrorMessage)), Retryable: false);
        }
    }

    private static MakeDocument Command(DocumentOrder order, Guid effectKey) => new(new ItemRef(order.TypeId, order.ItemId), order.Template)
    {
        Title = order.Title,
        Values = order.Values.ToDictionary(v => v.Key, v => Value.Of(v.Value)),
        WithDocx = order.Format is "docx" or "both",
        WithPdf = order.Format is "pdf" or "both",
        Link = order.Link,
        LinkDays = order.LinkDays,
        Listed = order.Listed,
        EffectKey = effectKey,
    };

    private static Dictionary<string, Value> Results(MadeDocument made) => new()
    {
        [CreateDocumentRobot.DocumentId] = Value.Of((decimal)made.Document.Id),
        [CreateDocumentRobot.Number] = Value.Of(made.Document.Number),
        [CreateDocumentRobot.FileId] = Value.Of(made.FileId?.ToString("D")),
        [CreateDocumentRobot.DocxFileId] = Value.Of(made.Document.WithDocx ? made.Document.SourceFileId?.ToString("D") : null),
        [CreateDocumentRobot.PdfFileId] = Value.Of(made.Document.PdfFileId?.ToString("D")),
        [CreateDocumentRobot.Url] = Value.Of(made.Url),
    };
}

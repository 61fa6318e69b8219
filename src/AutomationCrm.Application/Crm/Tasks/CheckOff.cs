using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Checks off a line of a task's checklist, or opens it again, and answers the task's version.</summary>
/// <param name="Line">From 0.</param>
public sealed record CheckOff(long Id, int Line, bool Done) : ICommand<long>;

internal sealed class CheckOffValidator : AbstractValidator<CheckOff>
{
    public CheckOffValidator()
    {
        RuleFor(c => c.Id).GreaterThan(0);
        RuleFor(c => c.Line).GreaterThanOrEqualTo(0);
    }
}

internal sealed class CheckOffHandler(TaskGate gate) : IRequestHandler<CheckOff, long>
{
    public async Task<long> Handle(CheckOff request, CancellationToken cancellationToken)
    {
        var task = await gate.GetForChangeAsync(request.Id, seenVersion: null, cancellationToken);
        var lines = Checklist.Parse(task.Checklist).ToList();
        if (request.Line >= lines.Count) throw new RuleBrokenException("checklist.line", "The checklist has no such line any more.", "line");
        if (lines[request.Line].Done == request.Done) return task.Version;

        lines[request.Line] = lines[request.Line] with { Done = request.Done };
        task.Checklist = Checklist.Write(lines);
        return gate.Changed(task);
    }
}

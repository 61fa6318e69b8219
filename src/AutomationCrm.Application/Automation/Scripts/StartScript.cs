using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Starts a script on items. Each needs the right to change it; items without that right are left out and counted.</summary>
/// <param name="Values">What was asked for, by parameter name, in the invariant form of fields.</param>
public sealed record StartScript(int TypeId, long ScriptId, IReadOnlyList<long> Items, IReadOnlyDictionary<string, string> Values) : ICommand<LaunchStarted>;

/// <param name="LeftOut">Items that do not exist or that the starter may not change.</param>
public sealed record LaunchStarted(long Id, int Items, int LeftOut);

internal sealed class StartScriptValidator : AbstractValidator<StartScript>
{
    public const int MostItems = 5_000;

    public StartScriptValidator() => RuleFor(r => r.Items).NotEmpty().Must(i => i.Count <= MostItems).Refuses("script.items", $"A script starts on at most {MostItems} items at a time.", MostItems).OverridePropertyName("items");
}

internal sealed class StartScriptHandler(ISender sender, IUnitOfWork work, IAccess access, Caller caller) : IRequestHandler<StartScript, LaunchStarted>
{
    public async Task<LaunchStarted> Handle(StartScript request, CancellationToken cancellationToken)
    {
        if (await sender.Send(new ListScripts(request.TypeId, request.ScriptId), cancellationToken) is not [var script]) throw new RuleBrokenException("script.unknown", "There is no such script.", "script");
        if (!script.Config.Enabled) throw new RuleBrokenException("script.disabled", $"The script {script.Config.Name} is switched off.", "script");
        if (script.Config.Robots.Count == 0) throw new RuleBrokenException("script.empty", $"The script {script.Config.Name} has no robots.", "script");

        var facts = script.Config.Parameters.ToDictionary(p => p.Name, p => Read(p, request.Values.GetValueOrDefault(p.Name) is { Length: > 0 } given ? given : p.Default));
        var asked = request.Items.Distinct().Select(id => new ItemRef(request.TypeId, id)).ToList();
        await work.LoadItemsAsync(asked, cancellationToken);
        var allowed = new List<long>(asked.Count);
        foreach (var item in asked)
            if (await work.FindItemAsync(item, cancellationToken) is { } found && access.Scope(caller, item.TypeId, ItemAction.Read).Covers(found) && access.Scope(caller, item.TypeId, ItemAction.Update).Covers(found)) allowed.Add(item.Id);
        if (allowed.Count == 0) throw new AccessDeniedException("change any of these items");

        var launch = new Launch
        {
            Id = await work.NextLaneIdAsync(cancellationToken),
            TypeId = request.TypeId,
            ScriptId = script.Id,
            Name = script.Config.Name,
            Content = Launcher.Content(script.Config.AsStage(), bound: false),
            Facts = FactJson.Write(facts),
            AuthorId = caller.PersonId,
            At = work.Now,
            Total = allowed.Count,
        };
        Launcher.Start(work, launch, allowed);
        return new(launch.Id, allowed.Count, asked.Count - allowed.Count);
    }

    private static Value Read(ScriptParameter parameter, string text)
    {
        if (text.Length == 0) return parameter.Required ? throw new RuleBrokenException("parameter.required", $"{parameter.Title} must be filled in.", parameter.Name) : Value.Null;
        return FieldText.Invariant.Read(new Field(parameter.Name, parameter.Name, parameter.Name, parameter.Kind) { MaxLength = 10_000 }, text);
    }
}

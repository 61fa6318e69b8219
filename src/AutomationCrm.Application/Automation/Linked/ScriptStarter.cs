using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Linked;

/// <summary>Runs scripts for robots of stages. A script does not start another one: its runs begin chains of their own, which no budget would end.</summary>
internal sealed class ScriptStarter(ISender sender, CrmDbContext db, IUnitOfWork work) : IScriptStarter
{
    private const string ScriptRun = "script";

    public async Task<int> StartAsync(string scriptKey, IReadOnlyList<ItemRef> items, IReadOnlyDictionary<string, Value> parameters, Cause? cause, CancellationToken ct)
    {
        if (!long.TryParse(scriptKey, NumberStyles.None, CultureInfo.InvariantCulture, out var script)) throw new RuleBrokenException("script.unknown", $"There is no script {scriptKey}.", "script");
        if (cause is { RunId: > 0 } && await db.Runs.AsNoTracking().AnyAsync(r => r.Id == cause.RunId && r.Cause == ScriptRun, ct))
            throw new RuleBrokenException("script.nested", "A script does not start another script.", "script");

        var context = new EvaluationContext(work.Now);
        var values = parameters.ToDictionary(p => p.Key, p => p.Value is { IsEmpty: true } ? "" : ValueText.Plain(p.Value, context));
        var started = await sender.Send(new StartScript(items[0].TypeId, script, [.. items.Select(i => i.Id)], values), ct);
        return started.Items;
    }
}

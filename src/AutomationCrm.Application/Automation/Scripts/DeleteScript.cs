using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Removes a script that no robot starts. What was launched goes on: launches carry their robots. Administrators only.</summary>
public sealed record DeleteScript(int TypeId, long Id) : IRequest<Unit>, IOnce;

internal sealed class DeleteScriptHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller) : IRequestHandler<DeleteScript, Unit>
{
    private const string Starter = "run_script";

    public async Task<Unit> Handle(DeleteScript request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete scripts");
        var portal = await gate.FreshAsync(cancellationToken);
        var code = request.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var stage in portal.Pipelines.SelectMany(p => p.Stages))
        {
            if (portal.AutomationOf(stage.TypeId, stage.Id)?.Config.Robots.FirstOrDefault(r => Starts(r, code)) is { } robot)
                throw new RuleBrokenException("script.used", $"The robot \"{robot.Name}\" on the stage {stage.Name} starts it.", "id");
        }

        var key = ScriptConfig.KeyOf(request.TypeId, request.Id);
        if (await db.ConfigVersions.Where(v => v.Kind == ScriptConfig.ConfigKind && v.Key == key).ExecuteDeleteAsync(cancellationToken) == 0) throw new NotFoundException("Script", code);
        await db.SaveConfigurationAsync(cancellationToken);
        return Unit.Value;
    }

    private static bool Starts(RobotConfig robot, string code) =>
        robot.Type == Starter && robot.Settings.ValueKind == JsonValueKind.Object && robot.Settings.TryGetProperty("script", out var script) && script.ToString() == code;
}

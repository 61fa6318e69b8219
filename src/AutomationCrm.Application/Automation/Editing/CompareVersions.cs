using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>What changed on a stage from one version to another; version 0 is the stage without automation.</summary>
public sealed record CompareVersions(int TypeId, string StageId, int From, int To) : IRequest<AutomationDiff>;

internal sealed class CompareVersionsHandler(ISender sender) : IRequestHandler<CompareVersions, AutomationDiff>
{
    public async Task<AutomationDiff> Handle(CompareVersions request, CancellationToken cancellationToken) =>
        AutomationDiff.Of(await ConfigAsync(request, request.From, cancellationToken), await ConfigAsync(request, request.To, cancellationToken));

    // Reading a version asks for the right.
    private async Task<StageAutomationConfig> ConfigAsync(CompareVersions request, int version, CancellationToken ct) =>
        version == 0 ? new() : (await sender.Send(new GetStageAutomation(request.TypeId, request.StageId, version), ct)).Config;
}

using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>One stage of the automation page: what is live there, or its draft.</summary>
/// <param name="Version">What an edit is based on: the live version, or the draft's number.</param>
/// <param name="Draft">Null when the stage has none.</param>
/// <param name="ShowsDraft">Whether <paramref name="Config"/> is the draft's.</param>
internal sealed record StageColumnView(Stage Stage, Pipeline Pipeline, int Version, StageAutomationConfig Config, StageAutomationView Live, StageDraft? Draft, bool ShowsDraft, AutomationAddress Address)
{
    /// <summary>What may be added, grouped as the catalogue groups it.</summary>
    public required IEnumerable<IGrouping<string, RobotDescriptor>> Types { get; init; }

    public required string Author { get; init; }

    /// <summary>Who switched a robot off, by person's id.</summary>
    public required Func<long, string> PersonName { get; init; }

    public string Url => Address.Handler("Column", ("stage", Stage.Id));
}

/// <summary>One robot in its column.</summary>
internal sealed record StageRobotView(StageColumnView Column, int Position)
{
    public RobotConfig Robot => Column.Config.Robots[Position];

    public bool IsLast => Position == Column.Config.Robots.Count - 1;
}

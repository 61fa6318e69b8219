using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Web.Pages.Automation.Trial;

/// <summary>For _TrialRobot.</summary>
public sealed record TrialRobotView(TrialRobot Robot, ItemType Type);

/// <summary>For _TrialActs.</summary>
public sealed record TrialActsView(IReadOnlyList<TrialAct> Acts);

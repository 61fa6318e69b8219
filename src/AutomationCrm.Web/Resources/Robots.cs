namespace AutomationCrm.Web.Resources;

/// <summary>Names, settings and hints of robot types: <c>robot.code</c>, <c>robot.code.setting</c>, <c>robot.code.hint</c>.</summary>
public sealed class Robots;

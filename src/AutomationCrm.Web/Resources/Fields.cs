namespace AutomationCrm.Web.Resources;

/// <summary>Titles of built-in fields by code, of options by <c>CODE.OPTION</c>, of condition operators by <c>op.code</c>.</summary>
public sealed class Fields;

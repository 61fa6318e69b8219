namespace AutomationCrm.Application.Automation.Waits;

/// <summary>Why a robot run waits; whatever else stands there is what it waits for.</summary>
public static class WaitCodes
{
    /// <summary>Its own delay, before it begins.</summary>
    public const string Delay = "delay";

    /// <summary>The robot itself lets time pass.</summary>
    public const string Time = "wait";
}

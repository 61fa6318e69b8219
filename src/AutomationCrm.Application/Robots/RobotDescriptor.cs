using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Robots;

/// <summary>How a robot's work relates to a crash (reference reliability-security 1.5).</summary>
public enum RobotKind
{
    /// <summary>Changes our own state, exactly once.</summary>
    State,

    /// <summary>Calls outside, at least once, always with the same key.</summary>
    Effect,

    /// <summary>Calls outside and must not be repeated unless a person says so.</summary>
    ExactEffect,
}

/// <summary>A robot type as data: what the catalogue, the form and REST show (contract C3). Titles come from resources by <c>robot.{Code}</c>.</summary>
/// <param name="Group">client, employee, items or other.</param>
public sealed record RobotDescriptor(string Code, RobotKind Kind, string Group, IReadOnlyList<Field> Settings, IReadOnlyList<Field> Results);

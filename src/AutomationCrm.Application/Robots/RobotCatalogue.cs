using System.Collections.Frozen;

namespace AutomationCrm.Application.Robots;

/// <summary>All robot types, found by code.</summary>
public sealed class RobotCatalogue(IEnumerable<IRobot> robots)
{
    private readonly FrozenDictionary<string, IRobot> byCode = robots.ToFrozenDictionary(r => r.Descriptor.Code);

    public IEnumerable<RobotDescriptor> All => byCode.Values.Select(r => r.Descriptor).OrderBy(d => d.Group, StringComparer.Ordinal).ThenBy(d => d.Code, StringComparer.Ordinal);

    public IRobot? Find(string code) => byCode.GetValueOrDefault(code);
}

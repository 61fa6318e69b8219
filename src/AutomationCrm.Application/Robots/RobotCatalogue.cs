using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Robots;

/// <summary>All robot types that can work here, found by code.</summary>
/// <param name="ports">Tells whether the port is registered that a robot needs.</param>
public sealed class RobotCatalogue(IEnumerable<IRobot> robots, IServiceProviderIsService? ports = null)
{
    private readonly FrozenDictionary<string, IRobot> byCode =
        robots.Where(r => r.Needs is not { } port || ports?.IsService(port) == true).ToFrozenDictionary(r => r.Descriptor.Code);

    public IEnumerable<RobotDescriptor> All => byCode.Values.Select(r => r.Descriptor).OrderBy(d => d.Group, StringComparer.Ordinal).ThenBy(d => d.Code, StringComparer.Ordinal);

    public IRobot? Find(string code) => byCode.GetValueOrDefault(code);
}

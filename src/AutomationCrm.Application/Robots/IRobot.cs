using System.Text.Json;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Robots;

/// <summary>A robot type: an action with settings and results.</summary>
public interface IRobot
{
    RobotDescriptor Descriptor { get; }

    /// <summary>How placeholders inside a text setting are written so that the text stays well-formed, for example a title with a quote inside JSON; null leaves them plain.</summary>
    /// <param name="constants">The settings without placeholders, as configured.</param>
    Func<string, string>? Encoder(string setting, IReadOnlyDictionary<string, string> constants) => null;

    /// <summary>What later robots may use, with the results that the settings name (answers of a webhook, fields of another item).</summary>
    /// <param name="settings">As configured, placeholders unfilled.</param>
    IReadOnlyList<Field> ResultsOf(JsonElement settings) => Descriptor.Results;

    /// <summary>The port without which the robot cannot work; it is offered only where somebody has registered it.</summary>
    Type? Needs => null;

    /// <summary>Does the work of a robot of kind <see cref="RobotKind.State"/>.</summary>
    Task<Outcome> RunAsync(SettingValues settings, RobotContext context, CancellationToken ct);

    /// <summary>Decides what a signal means for a robot that waits (<see cref="Outcome.WaitFor"/>); without a will of its own it is done.</summary>
    Task<Outcome> ContinueAsync(SettingValues settings, RobotContext context, WaitAnswer answer, CancellationToken ct) =>
        Task.FromResult<Outcome>(new Outcome.Done(answer.Results));

    /// <summary>Describes the outside call of an effect robot without making it; a dry run shows just this.</summary>
    PreparedEffect Prepare(SettingValues settings, RobotContext context);

    /// <summary>The same for robots that must look something up first: who the client is, whether a file is there.</summary>
    Task<PreparedEffect> PrepareAsync(SettingValues settings, RobotContext context, CancellationToken ct) => Task.FromResult(Prepare(settings, context));
}

/// <summary>An outside call that is ready to be made and repeated.</summary>
/// <param name="Kind">Names the <see cref="IEffectSender"/>.</param>
/// <param name="Destination">For people: an origin or an address.</param>
/// <param name="RequestJson">Everything the sender needs, secrets by name only.</param>
public sealed record PreparedEffect(string Kind, string Destination, string RequestJson)
{
    /// <summary>Set instead of a call when there is nothing to send.</summary>
    public Outcome.Skipped? Skipped { get; init; }

    public static PreparedEffect Nothing(string code, string why) => new("", "", "{}") { Skipped = new(code, why) };
}

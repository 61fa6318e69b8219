using System.Security.Cryptography;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Makes a text that nobody can guess: a voucher, a password for a first visit (reference 1.6, RandomStringActivity).</summary>
internal sealed class RandomStringRobot() : Robot<RandomStringRobot.Settings>("random_string", RobotKind.State, RobotGroups.Data)
{
    public const string Text = "Text";

    private const int Longest = 1_000;
    private const string Digits = "0123456789";
    private const string Small = "abcdefghijklmnopqrstuvwxyz";

    // Without characters that are taken for each other.
    private const string Clear = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Text, FieldKind.Text)];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        if (settings.Length is < 1 or > Longest) throw new RuleBrokenException("setting.range", $"The setting length takes 1 to {Longest}.", "length");

        var characters = settings.Alphabet switch
        {
            "digits" => Digits,
            "letters" => Small + Small.ToUpperInvariant(),
            "clear" => Clear,
            _ => Digits + Small + Small.ToUpperInvariant(),
        };
        return Task.FromResult(RobotResult.Done((Text, Value.Of(RandomNumberGenerator.GetString(characters, settings.Length)))));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Integer, Required = true)]
        public int Length { get; init; } = 10;

        [Setting(FieldKind.Option, Options = ["all", "letters", "digits", "clear"])]
        public string Alphabet { get; init; } = "all";
    }
}

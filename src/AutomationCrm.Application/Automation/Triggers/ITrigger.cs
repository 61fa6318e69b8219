using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A trigger type: an event with settings of its own that narrow it.</summary>
public interface ITrigger
{
    TriggerDescriptor Descriptor { get; }

    /// <summary>The settings as the record of the type; made once per configured trigger. Throws <c>RuleBrokenException</c> naming the setting.</summary>
    object Bind(SettingValues settings);

    /// <summary>Why the event does not suit the settings, in English; null when it does.</summary>
    string? Mismatch(object settings, TriggerEvent happened);
}

/// <summary>A trigger type as data (like a robot's). Titles come from resources by <c>trigger.{Code}</c>.</summary>
/// <param name="Event">One of <see cref="TriggerEvents"/> or <c>HappeningCodes</c>.</param>
/// <param name="Facts">What conditions and the robots of the stage may ask about the event as <c>{=Template:Code}</c>.</param>
public sealed record TriggerDescriptor(string Code, string Event, IReadOnlyList<Field> Settings, IReadOnlyList<Field> Facts)
{
    /// <summary>Whether the event brings facts that nobody can list beforehand: parameters of a webhook.</summary>
    public bool HasOtherFacts { get; init; }
}

/// <summary>A trigger type whose settings are a record; descriptor and binding are derived from its <see cref="SettingAttribute"/>s.</summary>
public abstract class Trigger<TSettings>(string code, string happening) : ITrigger
    where TSettings : class, new()
{
    private static readonly SettingsBinder<TSettings> Binder = new();

    private TriggerDescriptor? descriptor;

    public TriggerDescriptor Descriptor => descriptor ??= new(code, happening, Binder.Fields, Facts) { HasOtherFacts = HasOtherFacts };

    protected virtual IReadOnlyList<Field> Facts => [];

    protected virtual bool HasOtherFacts => false;

    public object Bind(SettingValues settings) => Binder.Bind(settings);

    public string? Mismatch(object settings, TriggerEvent happened) => Mismatch((TSettings)settings, happened);

    protected virtual string? Mismatch(TSettings settings, TriggerEvent happened) => null;

    /// <summary>A fact of the descriptor.</summary>
    protected static Field Fact(string name, FieldKind kind = FieldKind.Text) => new(name, name, name, kind);
}

/// <summary>Settings of trigger types that have none.</summary>
public sealed record NoSettings;

using System.Text;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;

namespace AutomationCrm.Robots.Tests;

/// <summary>What every trigger type keeps to.</summary>
public class TriggerCatalogueTests
{
    private static readonly Type[] Types = [.. typeof(RobotServices).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(ITrigger).IsAssignableFrom(t))];
    private static readonly ITrigger[] Triggers = [.. Types.Select(t => (ITrigger)Activator.CreateInstance(t)!)];

    [Fact]
    public void The_catalogue_is_the_approved_one()
    {
        var text = new StringBuilder();
        foreach (var trigger in new TriggerCatalogue(Triggers).All)
        {
            text.AppendLine($"{trigger.Code} ({trigger.Event})");
            foreach (var setting in trigger.Settings) text.AppendLine($"  {Describe(setting)}");
            foreach (var fact in trigger.Facts) text.AppendLine($"  -> {Describe(fact)}");
            if (trigger.HasOtherFacts) text.AppendLine("  -> any");
        }

        Approved.Text("triggers", text.ToString());
    }

    [Fact]
    public void Codes_are_unique_and_classes_are_sealed()
    {
        Assert.NotEmpty(Triggers);
        Assert.Equal(Triggers.Length, Triggers.Select(t => t.Descriptor.Code).Distinct().Count());
        Assert.All(Types, type => Assert.True(type is { IsSealed: true, IsPublic: false }, type.Name));
    }

    [Fact]
    public void Settings_that_are_not_required_have_a_default()
    {
        foreach (var trigger in Triggers.Where(t => t.Descriptor.Settings.All(s => !s.Required))) Assert.NotNull(trigger.Bind(SettingValues.Empty));
    }

    private static string Describe(Field field) => $"{field.Code}: {field.Kind}{(field.Multiple ? " many" : "")}{(field.Required ? " required" : "")}";
}

using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

/// <summary>What every robot type keeps to.</summary>
public class CatalogueTests
{
    private static readonly Type[] Types = [.. typeof(RobotServices).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(IRobot).IsAssignableFrom(t))];
    private static readonly IRobot[] Robots = [.. Types.Select(t => (IRobot)Activator.CreateInstance(t)!)];

    public static TheoryData<string> Codes => [.. Robots.Select(r => r.Descriptor.Code)];

    [Fact]
    public void The_catalogue_is_the_approved_one()
    {
        var text = new StringBuilder();
        var needs = Robots.ToDictionary(r => r.Descriptor.Code, r => r.Needs?.Name);
        foreach (var robot in new RobotCatalogue(Robots, new EveryPort()).All)
        {
            text.AppendLine($"{robot.Code} ({robot.Group}, {robot.Kind}){(needs[robot.Code] is { } port ? $" where there is {port}" : "")}");
            foreach (var setting in robot.Settings) text.AppendLine($"  {Describe(setting)}");
            foreach (var result in robot.Results) text.AppendLine($"  -> {Describe(result)}");
        }

        Approved.Text("robots", text.ToString());
    }

    [Fact]
    public void Codes_are_unique_and_classes_are_sealed()
    {
        Assert.NotEmpty(Robots);
        Assert.Equal(Robots.Length, Robots.Select(r => r.Descriptor.Code).Distinct().Count());
        Assert.All(Types, type => Assert.True(type is { IsSealed: true, IsPublic: false }, type.Name));
        Assert.All(Robots, robot => Assert.Contains(robot.Descriptor.Group, (string[])["client", "employee", "items", "paperwork", "data", "other"]));
    }

    [Fact]
    public void A_setting_that_depends_on_another_names_choices_that_the_other_has()
    {
        var dependent = Robots.SelectMany(r => r.Descriptor.Settings.Where(s => s.When is not null).Select(s => (Robot: r.Descriptor, Setting: s))).ToList();

        Assert.NotEmpty(dependent);
        Assert.All(dependent, d =>
        {
            var (other, values) = (d.Setting.When!.Split('=')[0], d.Setting.When.Split('=')[1].Split('|'));
            Assert.Empty(values.Except(Assert.Single(d.Robot.Settings, s => s.Code == other).Options));
        });
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_property_of_the_settings_is_a_described_setting(string code)
    {
        var settings = SettingsOf(code);

        Assert.All(settings.GetProperties(), p => Assert.True(Attribute.IsDefined(p, typeof(SettingAttribute)), p.Name));
        Assert.Equal(settings.GetProperties().Length, Find(code).Descriptor.Settings.Count);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Settings_survive_json_both_ways(string code)
    {
        var type = SettingsOf(code);
        var json = JsonSerializer.Serialize(Samples.Of(type), type, JsonSerializerOptions.Web);

        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web), type, JsonSerializerOptions.Web);

        Assert.Equal(json, again);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Names_of_settings_and_results_can_stand_in_json_and_placeholders(string code)
    {
        var descriptor = Find(code).Descriptor;

        Assert.All(descriptor.Settings, s => Assert.Matches("^[a-z][A-Za-z]+$", s.Code));
        Assert.All(descriptor.Results, r => Assert.Matches("^[A-Z][A-Za-z]+$", r.Code));
    }

    [Theory]
    [InlineData("Robots.resx")]
    [InlineData("Robots.ru.resx")]
    public void Every_robot_and_setting_has_a_title_and_a_hint_in_both_languages(string file)
    {
        using var stream = File.OpenRead(RepositoryRoot.File("src", "AutomationCrm.Web", "Resources", file));
        var texts = XDocument.Load(stream, LoadOptions.None).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
        var wanted = Robots.Select(r => r.Descriptor).SelectMany(r =>
            (string[])[$"robot.{r.Code}", $"robot.{r.Code}.hint", .. r.Settings.Select(s => $"robot.{r.Code}.{s.Code}"), .. r.Results.Select(s => $"robot.{r.Code}.result.{s.Code}")])
            .Concat(Robots.Select(r => $"robot.group.{r.Descriptor.Group}")).Distinct();

        Assert.All(wanted, key => Assert.NotEqual("", texts.GetValueOrDefault(key, "")));
    }

    [Fact]
    public void All_robots_and_senders_are_registered()
    {
        using var services = new ServiceCollection().AddRobots().BuildServiceProvider();

        Assert.Equal(Types.Length, services.GetServices<IRobot>().Count());
    }

    private static IRobot Find(string code) => Robots.Single(r => r.Descriptor.Code == code);

    private static Type SettingsOf(string code) => Find(code).GetType().BaseType!.GetGenericArguments()[0];

    private static string Describe(Field field)
    {
        var text = new StringBuilder($"{field.Code}: {field.Kind}");
        if (field.Multiple) text.Append(", several");
        if (field.Required) text.Append(", required");
        if (field.Options.Count > 0) text.Append(" [").AppendJoin(' ', field.Options).Append(']');
        return text.ToString();
    }

    private sealed class EveryPort : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => true;
    }
}

using System.Text.RegularExpressions;
using AutomationCrm.Application;
using AutomationCrm.Testing;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Binding;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Web.Tests.Localization;

/// <summary>People read captions, programs the names of their parameters; nobody reads the names of classes.</summary>
public sealed partial class PropertyNameTests
{
    [Theory]
    [InlineData("Item.Id", "id")]
    [InlineData("Config.Robots.Count", "robots")]
    [InlineData("Targets[2]", "targets")]
    [InlineData("CODE", "CODE")]
    [InlineData("to", "to")]
    public void A_property_is_called_by_the_last_part_of_its_path(string path, string name) => Assert.Equal(name, PropertyNames.Name(path));

    [Theory]
    [InlineData("TypeId", "automation.stage.get", "entityTypeId")]
    [InlineData("Code", "crm.automation.trigger.add", "CODE")]
    [InlineData("StageId", "automation.stage.set", "stageId")]
    [InlineData("Nothing", "crm.deal.get", "nothing")]
    public void A_method_calls_a_property_as_its_parameter(string property, string method, string name) =>
        Assert.Equal(name, WireNames.Of(property, RestApi.Table.Find(method)!));

    [Theory]
    [InlineData("automation.stage.get", 400, "'entityTypeId' must not be empty.", "entityTypeId")]
    [InlineData("crm.deal.get", 400, "'typeId' must not be empty.", "typeId")]
    public void A_program_reads_the_name_of_its_parameter(string method, int status, string message, string argument)
    {
        var failure = new InlineValidator<Asked>();
        failure.RuleFor(a => a.TypeId).NotEmpty();

        var error = new UseCaseErrors().Map(new ValidationException(failure.Validate(new Asked(0)).Errors), RestApi.Table.Find(method)!)!;

        Assert.Equal((status, message, argument), (error.Status, error.Description, error.Argument));
    }

    [Fact]
    public void A_failure_that_names_its_own_place_is_told_as_it_is()
    {
        var failure = new ValidationFailure("robots[2].title", "The robot 'Title' has no title.");

        var error = new UseCaseErrors().Map(new ValidationException([failure]), RestApi.Table.Find("automation.stage.set")!)!;

        Assert.Equal(("The robot 'Title' has no title.", "robots[2].title"), (error.Description, error.Argument));
    }

    [Theory]
    [InlineData("Texts.resx")]
    [InlineData("Texts.ru.resx")]
    public async Task Every_property_of_every_validator_has_a_caption(string file)
    {
        var texts = await File.ReadAllTextAsync(RepositoryRoot.File("src", "AutomationCrm.Web", "Resources", file));
        var names = Validators().SelectMany(Paths).Select(PropertyNames.Name).Select(n => n.All(char.IsUpper) ? n.ToLowerInvariant() : n).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        Assert.True(names.Count > 80, "The search must find the validators.");
        var missing = names.Where(name => !texts.Contains($"\"property.{name}\"", StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, "No caption: " + string.Join(", ", missing));
    }

    [Fact]
    public async Task Every_reason_of_our_own_has_a_text_in_both_languages()
    {
        var application = Path.GetDirectoryName(RepositoryRoot.File("src", "AutomationCrm.Application", "AutomationCrm.Application.csproj"))!;
        var files = Directory.EnumerateFiles(application, "*.cs", SearchOption.AllDirectories).ToList();
        var codes = files.SelectMany(f => Refused().Matches(File.ReadAllText(f))).Select(m => m.Groups["code"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(codes.Count > 50, "The search must find the rules.");
        foreach (var file in (string[])["Texts.resx", "Texts.ru.resx"])
        {
            var texts = await File.ReadAllTextAsync(RepositoryRoot.File("src", "AutomationCrm.Web", "Resources", file));
            Assert.Equal([], codes.Where(code => !texts.Contains($"\"refusal.{code.Replace('.', '_')}\"", StringComparison.Ordinal)));
        }

        Assert.Equal([], files.Where(f => Path.GetFileName(f) != "RefusedRules.cs" && File.ReadAllText(f).Contains(".WithMessage(", StringComparison.Ordinal)).Select(Path.GetFileName));
    }

    private static IEnumerable<IValidator> Validators()
    {
        var services = new ServiceCollection().AddLogging().AddOptions().AddSingleton(TimeProvider.System).BuildServiceProvider();
        return typeof(ApplicationServices).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IValidator).IsAssignableFrom(t))
            .Select(t => (IValidator)ActivatorUtilities.CreateInstance(services, t));
    }

    private static IEnumerable<string> Paths(IValidator validator) =>
        validator.CreateDescriptor().GetMembersWithValidators().Select(m => m.Key).Where(key => !string.IsNullOrEmpty(key));

    private sealed record Asked(int TypeId);

    [GeneratedRegex("""Refuses\("(?<code>[a-z0-9_.]+)",""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();
}

using System.Reflection;
using System.Text.RegularExpressions;
using AutomationCrm.Testing;
using static AutomationCrm.Infrastructure.Tests.Configuration.ConfigurationFiles;

namespace AutomationCrm.Infrastructure.Tests.Configuration;

public sealed partial class ConfigurationDocumentTests
{
    private const string ComposeOnly = "docker compose";

    [Fact]
    public void The_example_names_every_documented_key_and_no_other()
    {
        Assert.True(Documented.Count > 15, "The tables of docs/configuration.md were not read.");
        Assert.Equal(Documented.Select(d => d.Key).Order(StringComparer.Ordinal), Example.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_in_the_example_and_in_the_compose_file_are_the_documented_ones()
    {
        // Words instead of a value describe what happens without one.
        var values = Documented.Where(d => !d.Default.Contains(' ', StringComparison.Ordinal) && d.Default[0] != '(').ToDictionary(d => d.Key, d => d.Default, StringComparer.Ordinal);

        Assert.All(values, d => Assert.Equal(d.Value, Example[d.Key]));
        Assert.All(ComposeVariables.Where(v => v.Default is not null && values.ContainsKey(v.Name)), v => Assert.Equal(values[v.Name], v.Default));
    }

    [Fact]
    public void The_compose_file_hands_every_setting_of_the_app_on_or_sets_it()
    {
        var app = Documented.Where(d => d.Heading != ComposeOnly && !d.Key.StartsWith("Crm__EmbeddedPostgres", StringComparison.Ordinal)).Select(d => d.Key);

        Assert.Equal(app.Order(StringComparer.Ordinal), ComposeEnvironment.Keys.Order(StringComparer.Ordinal));
        Assert.All(ComposeEnvironment.Where(e => e.Value.StartsWith("${", StringComparison.Ordinal)), e => Assert.StartsWith($"${{{e.Key}:", e.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_of_the_compose_file_is_documented_and_every_variable_documented_for_it_is_used()
    {
        var used = ComposeVariables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(Documented.Select(d => d.Key).ToHashSet(StringComparer.Ordinal), used);
        Assert.All(Documented.Where(d => d.Heading == ComposeOnly), d => Assert.Contains(d.Key, used));
    }

    [Fact]
    public void No_password_has_a_default()
    {
        Assert.Equal("", Example["POSTGRES_PASSWORD"]);
        Assert.All(ComposeVariables.Where(v => v.Name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)), v => Assert.True(string.IsNullOrEmpty(v.Default), v.Name));
    }

    [Fact]
    public void Every_service_has_a_health_check_and_the_app_waits_for_a_healthy_database()
    {
        var services = ComposeService().Matches(Compose[..Compose.IndexOf("\nvolumes:", StringComparison.Ordinal)]);

        Assert.Equal(["app", "database", "mail", "documents"], services.Select(s => s.Groups["name"].Value));
        Assert.All(services, s => Assert.Contains("    healthcheck:\n", s.Value, StringComparison.Ordinal));
        Assert.Contains("database:\n        condition: service_healthy", services[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_runs_as_an_unprivileged_account_and_sets_documented_keys_only()
    {
        Assert.Equal("app", Dockerfile.Split('\n').Last(l => l.StartsWith("USER ", StringComparison.Ordinal))["USER ".Length..]);
        Assert.All(SettingName().Matches(Dockerfile), m => Assert.Contains(m.Value, Documented.Select(d => d.Key)));
    }

    [Fact]
    public void The_container_listens_where_its_ports_its_health_check_and_the_default_address_say()
    {
        var port = new Uri(ComposeEnvironment["ASPNETCORE_URLS"].Replace("+", "localhost", StringComparison.Ordinal)).Port;

        Assert.Equal(new Uri(ComposeVariables.Single(v => v.Name == "Crm__Url").Default!).Port, port);
        Assert.Contains($"${{CRM_LISTEN:-127.0.0.1:5000}}:{port}\"", Compose, StringComparison.Ordinal);
        Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", Compose, StringComparison.Ordinal);
        Assert.Contains($"EXPOSE {port}\n", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_that_the_code_names_in_a_message_is_documented()
    {
        var named = Directory.EnumerateFiles(RepositoryRoot.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => SettingName().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.Subset(Documented.Select(d => d.Key).ToHashSet(StringComparer.Ordinal), named);
    }

    [Fact]
    public void Every_property_of_an_options_class_is_documented_with_its_default()
    {
        var options = new[] { "Application", "Robots", "Infrastructure", "Web" }.SelectMany(p => Assembly.Load("AutomationCrm." + p).GetTypes())
            .Select(t => (Type: t, Section: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string)).Where(o => o.Section is not null).ToList();
        var expected = options.SelectMany(o => Keys(o.Section!.Replace(":", "__", StringComparison.Ordinal), Activator.CreateInstance(o.Type)!));

        Assert.NotEmpty(options);
        Assert.All(expected, e => Assert.Contains(e, Documented.Select(d => (d.Key, d.Default))));
    }

    private static IEnumerable<(string Key, string Default)> Keys(string prefix, object options) => options.GetType().GetProperties().SelectMany(p =>
        p.GetValue(options) is { } value && value.GetType().Assembly.GetName().Name!.StartsWith("AutomationCrm", StringComparison.Ordinal) && !value.GetType().IsEnum
            ? Keys($"{prefix}__{p.Name}", value)
            : [($"{prefix}__{p.Name}", Written(p.GetValue(options)))]);

    private static string Written(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        null or "" => "(none)",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex(@"^  (?<name>\w+):\n((    .*)?\n|  *#.*\n)*", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ComposeService();

    [GeneratedRegex(@"\b(Crm__|ConnectionStrings__|ASPNETCORE_)\w+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SettingName();
}

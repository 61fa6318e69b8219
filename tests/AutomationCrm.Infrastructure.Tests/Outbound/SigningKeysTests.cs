using AutomationCrm.Infrastructure.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Tests.Outbound;

public sealed class SigningKeysTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("automationcrm-keys-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_secret_is_made_once_and_only_its_owner_may_read_it()
    {
        var first = Keys([], Path.Combine(folder.FullName, "data"));
        var second = Keys([], Path.Combine(folder.FullName, "data"));

        Assert.Equal(32, Assert.Single(first.Keys).Length);
        Assert.Equal(first.Keys[0].ToArray(), second.Keys[0].ToArray());
        var file = Path.Combine(folder.FullName, "data", "webhook-signing-secret");
        Assert.StartsWith("whsec_", File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Configured_secrets_come_first_and_no_file_is_made()
    {
        var keys = Keys(["whsec_" + Convert.ToBase64String(new byte[24]), Convert.ToBase64String(new byte[32])], folder.FullName);

        Assert.Equal([24, 32], keys.Keys.Select(k => k.Length));
        Assert.Empty(folder.EnumerateFiles());
    }

    [Theory]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64")]
    public void A_bad_secret_is_named_and_not_shown(string secret)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Keys([secret], null).Keys);

        Assert.StartsWith("Crm:Outbound:SigningSecrets:0:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[6..], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_data_directory_there_is_none() => Assert.Empty(Keys([], null).Keys);

    private static SigningKeys Keys(string[] configured, string? dataDirectory) =>
        new(Options.Create(new OutboundOptions { SigningSecrets = string.Join(',', configured) }), new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Crm:DataDirectory"] = dataDirectory }).Build());
}

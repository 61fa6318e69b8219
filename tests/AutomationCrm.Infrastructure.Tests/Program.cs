using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests;

/// <summary>Run as a process: holds an embedded server until its input ends, as the app would.</summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        await using var handle = await EmbeddedPostgresServer.StartAsync(TestPostgres.Options(arguments[0]));
        Console.WriteLine(handle.ConnectionString);
        await Console.In.ReadToEndAsync();
    }
}

using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests;

/// <summary>Run as a process: holds an embedded server (of a data directory, or that of the tests) until its input ends.</summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            await TestPostgres.GetAsync();
            Console.WriteLine(TestPostgres.Folder);
            await Console.In.ReadToEndAsync();
            return;
        }

        await using var handle = await EmbeddedPostgresServer.StartAsync(TestPostgres.Options(arguments[0]));
        Console.WriteLine(handle.ConnectionString);
        await Console.In.ReadToEndAsync();
    }
}

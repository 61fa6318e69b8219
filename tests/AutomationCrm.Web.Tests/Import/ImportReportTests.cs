using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Testing;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.Import;

/// <summary>What was dirty, told in the language of the person who reads it.</summary>
public sealed class ImportReportTests
{
    [Theory]
    [InlineData("en", "It was read as “Lamp Pro”.", "Corrected", "The import was begun 5 times in a row without getting further.", "File")]
    [InlineData("ru", "Прочитано как «Lamp Pro».", "Исправлено", "Импорт начинали 5 раз подряд, и он не продвинулся.", "Файл")]
    public async Task Page_and_file_say_what_was_done_in_the_readers_language(string language, string note, string kind, string failure, string header)
    {
        await using var host = await SignInHost.StartAsync();
        await FailedAsync(host, language);
        using var browser = await host.SignedInAsync();

        var page = System.Net.WebUtility.HtmlDecode((await browser.GetAsync("/import/1")).Body);
        var file = (await browser.GetAsync("/import/1?handler=Csv")).Body;

        Assert.Contains(note, page, StringComparison.Ordinal);
        Assert.Contains(failure, page, StringComparison.Ordinal);
        Assert.StartsWith($"\"{header}\",", file, StringComparison.Ordinal);
        Assert.Contains($"\"sales.csv\",\"2\",\"product\",\"'=Lamp\",\"{kind}\",\"{note}\",\"value.corrected\"\r\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Texts.resx")]
    [InlineData("Texts.ru.resx")]
    public async Task Every_note_and_every_kind_has_a_text(string file)
    {
        var texts = await File.ReadAllTextAsync(RepositoryRoot.File("src", "AutomationCrm.Web", "Resources", file));

        Assert.All(RowNotes.All, note => Assert.Contains($"\"import.note_{note}\"", texts, StringComparison.Ordinal));
        Assert.All(ProblemCodes.All, code => Assert.Contains($"\"import.kind_{code.Replace('.', '_')}\"", texts, StringComparison.Ordinal));
    }

    private static async Task FailedAsync(SignInHost host, string language)
    {
        await using var write = host.Database.DataSource.CreateCommand($$"""
            update person set language = '{{language}}' where id = 1;
            insert into import_job (id, preset, state, author_id, created_at, message, message_code, message_arguments, problems)
              values (1, 'sales', 4, 1, now(), 'The import was begun 5 times in a row without getting further.', 'import.attempts', '{5}', 1);
            insert into import_problem (import_id, number, file, row, field, value, code, note, arguments)
              values (1, 1, 'sales.csv', 2, 'product', '=Lamp', 'value.corrected', 'read_as', '{"Lamp Pro"}')
            """);
        await write.ExecuteNonQueryAsync();
    }
}

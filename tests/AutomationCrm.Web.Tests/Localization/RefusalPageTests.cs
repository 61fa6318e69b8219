using System.Net;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.Localization;

/// <summary>What a form refuses, in the language of the person who filled it in.</summary>
public sealed class RefusalPageTests
{
    [Theory]
    [InlineData("en", "/account", "name=&language=en-US&timeZone=UTC&theme=light", "“Name” must not be empty.")]
    [InlineData("ru", "/account", "name=&language=ru&timeZone=UTC&theme=light", "«Имя» должно быть заполнено.")]
    [InlineData("ru", "/account", "name=Anna&language=ru&timeZone=Nowhere&theme=light", "Неизвестный часовой пояс.")]
    [InlineData("ru", "/people/new", "name=Max&login=x+y", "В логине не меньше двух символов и нет пробелов.")]
    [InlineData("ru", "/calendar", "timeZone=Nowhere&language=ru", "Такого часового пояса нет.")]
    [InlineData("ru", "/import", "preset=sales", "Выберите хотя бы один файл.")]
    public async Task A_form_says_what_is_wrong_in_the_readers_language(string language, string path, string form, string said)
    {
        await using var host = await SignInHost.StartAsync(real: true);
        await using (var speak = host.Database.DataSource.CreateCommand($"update person set language = '{language}' where id = 1")) await speak.ExecuteNonQueryAsync();
        using var browser = await host.SignedInAsync();
        browser.Headers["Accept"] = "application/json, */*";
        var fields = form.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], WebUtility.UrlDecode(pair[1]))).ToArray();

        var answer = await browser.PostAsync("/account", path, fields);

        Assert.Contains(said, WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
    }
}

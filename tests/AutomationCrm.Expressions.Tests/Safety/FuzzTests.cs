using System.Text;
using AutomationCrm.Expressions.Editing;
using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Safety;

public sealed class FuzzTests
{
    private const int Texts = 20_000;

    private static readonly string[] Pieces =
    [
        "{=", "{{=", "}}", "}", "{", "=", "<>", "<=", ">", "&", "+", "-", "*", "/", "^", "%", "(", ")", ",", ";", "'", "\"", "''", ":", ".", " ", "\n", "\0", "\ud83d", "\udc00", "😀",
        "Document", "TITLE", "Document:TITLE", "{=Document:TITLE}", "{=Document:LIST}", "{=System:Now}", "{=D:X}", "printable", "int", "datetime", "server", "uf:money",
        "0", "1", "9999999999", "0.1", "1e9", "79228162514264337593543950335", "'abc'", "'2026-01-05'", "'%a'", "'1d'", "'-9999y'", "true", "false",
        .. FunctionCatalogue.All.Select(function => function.Name + "("),
    ];

    private static readonly Known Source = new Known()
        .With("Document:TITLE", "Big 5 order")
        .With("Document:LIST", Some.List(Value.Of(3m), Value.Of("x"), Value.Null, Some.Date("2026-01-05"), Some.List(new MoneyValue(5, "EUR"))))
        .With("Document:URL", "/deal/1/");

    [Fact]
    public void Any_text_is_read_evaluated_printed_and_completed_without_an_exception()
    {
        for (var seed = 0; seed < Texts; seed++)
        {
            var text = Make(new Random(seed));
            try
            {
                Check(text);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {text}\n{error}");
            }
        }
    }

    private static void Check(string text)
    {
        var template = Template.Parse(text);
        var evaluation = template.Evaluate(Source, Some.Russian);
        Assert.True(evaluation.Value is null != evaluation.Failure is null, text);
        Assert.All(template.Problems, problem => Assert.InRange(problem.Position, 0, text.Length));
        if (evaluation.Failure is { } failure) Assert.InRange(failure.Position, 0, text.Length);
        if (template.Problems.IsEmpty) Assert.True(Template.Parse(template.Print()).Problems.IsEmpty, $"{text}\n{template.Print()}");
        Completer.At(text, text.Length / 2, []);
    }

    private static string Make(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(2) == 0) text.Append('=');
        for (var count = random.Next(1, 30); count > 0; count--) text.Append(Pieces[random.Next(Pieces.Length)]);
        if (random.Next(4) == 0) text.Insert(random.Next(text.Length), (char)random.Next(32, 1200));
        if (random.Next(4) == 0) text.Remove(random.Next(text.Length), 1);
        return text.ToString();
    }
}

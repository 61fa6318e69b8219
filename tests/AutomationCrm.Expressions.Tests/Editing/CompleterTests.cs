using AutomationCrm.Expressions.Editing;
using AutomationCrm.Expressions.Functions;

namespace AutomationCrm.Expressions.Tests.Editing;

public sealed class CompleterTests
{
    private static readonly KnownPath[] Known =
    [
        new("Document:TITLE", "Name of the deal", CompletionKind.Field),
        new("Document:TYPE_ID", "Kind", CompletionKind.Field),
        new("Variable:Rest", "Remaining amount", CompletionKind.Variable),
        new("A1:Result", "Task: who closed it", CompletionKind.Result),
    ];

    // The caret stands at the bar.
    [Theory]
    [InlineData("Hello {|", "Document:TITLE", "Hello {=Document:TITLE}")]
    [InlineData("Hello {=|", "Document:TITLE", "Hello {=Document:TITLE}")]
    [InlineData("Hello {=Doc|", "Document:TITLE", "Hello {=Document:TITLE}")]
    [InlineData("Hello {=Document:TY|", "Document:TYPE_ID", "Hello {=Document:TYPE_ID}")]
    [InlineData("Hello {=Document:TY|PE} you", "Document:TYPE_ID", "Hello {=Document:TYPE_ID} you")]
    [InlineData("Hello {=typ|", "Document:TYPE_ID", "Hello {=Document:TYPE_ID}")]
    [InlineData("Hello {=remain|", "Variable:Rest", "Hello {=Variable:Rest}")]
    [InlineData("Hello {=closed|", "A1:Result", "Hello {=A1:Result}")]
    [InlineData("{=System:N|", "System:Now", "{=System:Now}")]
    [InlineData("=1 + da|", "dateadd(date, interval)", "=1 + dateadd(")]
    [InlineData("=tr|", "true", "=true")]
    [InlineData("a {{= st|", "strlen(text)", "a {{= strlen(")]
    [InlineData("={=A1:Re|", "A1:Result", "={=A1:Result}")]
    [InlineData("=abs(rema|", "Variable:Rest", "=abs({=Variable:Rest}")]
    [InlineData("{=Document:TITLE > pri|", "printable", "{=Document:TITLE > printable")]
    [InlineData("{=Document:TITLE > string, fr|", "friendly", "{=Document:TITLE > string, friendly")]
    public void A_proposal_replaces_what_was_typed(string text, string label, string result)
    {
        var position = text.IndexOf('|', StringComparison.Ordinal);
        var clean = text.Remove(position, 1);

        var completions = Completer.At(clean, position, Known);

        var item = Assert.Single(completions.Items, item => item.Label == label);
        Assert.Equal(result, clean.Remove(completions.Start, completions.Length).Insert(completions.Start, item.Insert));
    }

    [Theory]
    [InlineData("Hello |")]
    [InlineData("='in a text st|")]
    [InlineData("{=Document:NOTHING_LIKE|")]
    [InlineData("a {{= 1 }} da|")]
    [InlineData("|")]
    public void Where_nothing_fits_nothing_is_proposed(string text)
    {
        var position = text.IndexOf('|', StringComparison.Ordinal);
        Assert.Empty(Completer.At(text.Remove(position, 1), position, Known).Items);
    }

    [Fact]
    public void Codes_come_before_names() =>
        Assert.Equal(["Document:TITLE", "Document:TYPE_ID", "Variable:Rest", "A1:Result"], Completer.At("{=T", 3, Known).Items.Select(item => item.Label).Where(label => !label.StartsWith("System", StringComparison.Ordinal)));

    [Fact]
    public void Any_position_in_any_text_is_answered()
    {
        foreach (var text in new[] { "", "=", "{", "{{", "{{=", "{=", "{=A", "{=A:", "{=A:B", "{=A:B>", "{=A:B}", "={=", "='", "{{= '{=' }}", "}}", "a>b" })
        {
            for (var position = -1; position <= text.Length + 1; position++) Assert.NotNull(Completer.At(text, position, Known));
        }
    }

    [Fact]
    public void The_catalogue_describes_every_function()
    {
        Assert.Equal("if(condition, then, [otherwise])", FunctionCatalogue.All.Single(function => function.Name == "if").Signature);
        Assert.Equal("merge(list, …)", FunctionCatalogue.All.Single(function => function.Name == "merge").Signature);
        Assert.All(FunctionCatalogue.All, function => Assert.True(function.Parameters.Length >= Math.Min(function.Most ?? 1, 1)));
    }
}

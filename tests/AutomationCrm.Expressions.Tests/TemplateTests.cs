using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

public sealed class TemplateTests
{
    private static readonly Known Deal = new Known()
        .With("Document:TITLE", "Big order")
        .With("Document:AMOUNT", 1234.5m)
        .With("Document:OPPORTUNITY", new MoneyValue(1234.5m, "EUR"))
        .With("Document:CREATED", Some.At("2026-01-05T09:00:00Z"))
        .With("Document:CLOSE", Some.Date("2026-02-01"))
        .With("Document:WON", Value.True)
        .With("Document:OWNER", new UserValue(7))
        .With("Document:DEAL", new ItemValue(2, 15))
        .With("Document:EMPTY", Value.Null)
        .With("Document:TAGS", Some.Texts("a", "b"))
        .With("A123_456:Result", "done")
        .With("ask-boss:Answer", "yes");

    [Theory]
    [InlineData("{=Document:TITLE}")]
    [InlineData("{= document : TITLE }")]
    [InlineData("{{= {=Document:TITLE} }}")]
    [InlineData("={=Document:TITLE}")]
    public void Text_that_is_one_placeholder_keeps_the_type(string text)
    {
        Assert.Equal(Value.Of("Big order"), Result(text));
        Assert.IsType<MoneyValue>(Result(text.Replace("TITLE", "OPPORTUNITY", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Deal {=Document:TITLE}!", "Deal Big order!")]
    [InlineData("{=Document:TITLE}{=Document:TITLE}", "Big orderBig order")]
    [InlineData("x{=Document:AMOUNT}", "x1234.5")]
    [InlineData("x{=Document:OPPORTUNITY}", "x1234.50 EUR")]
    [InlineData("x{=Document:CREATED}", "x01/05/2026 09:00")]
    [InlineData("x{=Document:CLOSE}", "x02/01/2026")]
    [InlineData("x{=Document:WON}", "xY")]
    [InlineData("x{=Document:OWNER}", "xuser_7")]
    [InlineData("x{=Document:DEAL}", "xD_15")]
    [InlineData("x{=Document:EMPTY}", "x")]
    [InlineData("x{=Document:TAGS}", "xa, b")]
    [InlineData("x{=A123_456:Result}", "xdone")]
    [InlineData("x{=System:Eol}y", "x\ny")]
    [InlineData("x{=ask-boss:Answer}", "xyes")]
    [InlineData("two {{= 1 + 1 }} and {{='}}'}}", "two 2 and }}")]
    [InlineData("a {{Field}} { = } }} stays", "a {{Field}} { = } }} stays")]
    public void A_placeholder_inside_text_becomes_text(string text, string expected) =>
        Assert.Equal(expected, Assert.IsType<TextValue>(Result(text)).Text);

    [Fact]
    public void Culture_and_zone_of_the_context_decide_how_it_looks()
    {
        var text = Template.Parse("{=Document:AMOUNT}; {=Document:OPPORTUNITY > printable}; {=Document:CREATED}; {=Document:CLOSE}; {=Document:WON > printable}");

        var shown = ((TextValue)text.Evaluate(Deal, Some.Russian).Value!).Text;

        Assert.Equal("1234,5; 1\u00a0234,50 EUR; 05.01.2026 12:00; 01.02.2026; да", shown);
    }

    [Theory]
    [InlineData("{=Document:NOPE}", 0)]
    [InlineData("Hello {=Document:NOPE}", 6)]
    [InlineData("= 1 + {=Document:NOPE}", 6)]
    public void An_unknown_reference_is_a_failure_with_its_place(string text, int position)
    {
        var failure = Template.Parse(text).Evaluate(Deal, Some.Context).Failure!;

        Assert.Equal((FailureCodes.UnknownReference, position), (failure.Code, failure.Position));
        Assert.Contains("Document:NOPE", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{=Document}", FailureCodes.Syntax, 10)]
    [InlineData("{=:TITLE}", FailureCodes.Syntax, 2)]
    [InlineData("{=Document:}", FailureCodes.Syntax, 11)]
    [InlineData("abc {=Document:TITLE", FailureCodes.Unclosed, 4)]
    [InlineData("{=Document:TITLE > nonsense}", FailureCodes.UnknownModifier, 19)]
    [InlineData("{=Document:TITLE > int, date}", FailureCodes.TooManyModifiers, 24)]
    [InlineData("{=Document:TITLE > printable, friendly}", FailureCodes.TooManyModifiers, 30)]
    [InlineData("=", FailureCodes.EmptyFormula, 0)]
    [InlineData("a {{= }}", FailureCodes.EmptyFormula, 2)]
    [InlineData("=1 +", FailureCodes.Syntax, 4)]
    [InlineData("=1 1", FailureCodes.Syntax, 3)]
    [InlineData("=(1", FailureCodes.Unclosed, 1)]
    [InlineData("='abc", FailureCodes.Unclosed, 1)]
    [InlineData("=foo(1)", FailureCodes.UnknownFunction, 1)]
    [InlineData("=foo", FailureCodes.UnknownName, 1)]
    [InlineData("=1.2.3", FailureCodes.BadNumber, 1)]
    [InlineData("=if(1)", FailureCodes.ArgumentCount, 1)]
    [InlineData("=not(1, 2)", FailureCodes.ArgumentCount, 1)]
    [InlineData("a {{= 1", FailureCodes.Unclosed, 2)]
    [InlineData("a {{= 1 }", FailureCodes.Syntax, 8)]
    public void A_mistake_in_the_text_is_told_with_its_place(string text, string code, int position)
    {
        var template = Template.Parse(text);

        var problem = Assert.Single(template.Problems);
        Assert.Equal((code, position), (problem.Code, problem.Position));
        Assert.Equal(problem, template.Evaluate(Deal, Some.Context).Failure);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal([2, 19], Template.Parse("{=:A} then {{= 1 + * }} fine {=A:B}").Problems.Select(problem => problem.Position));

    [Fact]
    public void References_are_listed_once_and_the_clock_is_not_among_them()
    {
        var template = Template.Parse("{=Document:TITLE} {=document:title} {{= abs({=Variable:X}) }} {=System:Now} {=System:HostUrl}");

        Assert.Equal(["Document:TITLE", "Variable:X", "System:HostUrl"], template.References.ToArray());
        Assert.Equal(44, template.Uses[1].Position);
    }

    [Fact]
    public void What_is_not_known_is_told_at_each_place_before_anything_runs()
    {
        var problems = Template.Parse("{=Document:TITLE} {=Document:OLD} {{= {=Document:OLD} & getdocumenturl() }} {=System:Now}").Check(path => path is "Document:TITLE" or "Document:URL");

        Assert.Equal([18, 38, 0], problems.Select(problem => problem.Position));
        Assert.Equal("Nothing is known under Document:OLD.", problems[0].Message);
        Assert.Equal(FailureCodes.Syntax, Template.Parse("=1 +").Check(_ => true).Single().Code);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("plain { text }", true)]
    [InlineData("{=A:B}", false)]
    [InlineData("= 'x'", false)]
    [InlineData("{{= 'x' }}", false)]
    public void Plain_text_is_constant(string text, bool constant) => Assert.Equal(constant, Template.Parse(text).IsConstant);

    [Fact]
    public void Now_comes_from_the_context() => Assert.Equal(Value.Of(Some.Now), Result("{=System:Now}"));

    [Fact]
    public void A_list_setting_takes_in_lists_of_its_elements()
    {
        Template[] setting = [Template.Parse("{=Document:TAGS}"), Template.Parse("c")];

        Assert.Equal(Some.Texts("a", "b", "c"), Template.EvaluateList(setting, Deal, Some.Context).Value);
    }

    [Fact]
    public void The_result_of_a_template_is_never_read_again()
    {
        var source = new Known().With("Document:TITLE", "{=Document:SECRET} {{= 1/0 }}");

        Assert.Equal("x {=Document:SECRET} {{= 1/0 }}", ((TextValue)Template.Parse("x {=Document:TITLE}").Evaluate(source, Some.Context).Value!).Text);
    }

    [Fact]
    public void Values_inside_a_text_are_encoded_for_where_it_goes()
    {
        var html = Some.Context with { Encode = System.Net.WebUtility.HtmlEncode };
        var source = new Known().With("Document:TITLE", "<b>A & B</b>");

        Assert.Equal("<p>&lt;b&gt;A &amp; B&lt;/b&gt;</p>", Text(Template.Parse("<p>{=Document:TITLE}</p>").Evaluate(source, html)));
        Assert.Equal("<p>&lt;b&gt;A &amp; B&lt;/b&gt;!</p>", Text(Template.Parse("<p>{{= {=Document:TITLE} & '!' }}</p>").Evaluate(source, html)));
        Assert.Equal("<b>A & B</b>", Text(Template.Parse("{=Document:TITLE}").Evaluate(source, html)));
        Assert.Equal("&lt;b&gt;A &amp; B&lt;/b&gt;", Text(Template.Parse("{=Document:TITLE}").EvaluateText(source, html)));
    }

    [Theory]
    [InlineData("{=Document:AMOUNT}", "1234.5")]
    [InlineData("= 1 + 1", "2")]
    [InlineData("{=Document:TAGS}", "a, b")]
    [InlineData("plain", "plain")]
    [InlineData("a {=Document:WON}", "a Y")]
    [InlineData("", "")]
    public void A_text_can_be_asked_for_whatever_stands_there(string text, string expected) =>
        Assert.Equal(expected, Text(Template.Parse(text).EvaluateText(Deal, Some.Context)));

    private static string Text(Evaluation evaluation) => Assert.IsType<TextValue>(evaluation.Value).Text;

    private static Value Result(string text)
    {
        var evaluation = Template.Parse(text).Evaluate(Deal, Some.Context);
        Assert.Null(evaluation.Failure);
        return evaluation.Value!;
    }
}

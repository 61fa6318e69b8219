using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Expressions.Tests.Conditions;

public sealed class ConditionJsonTests
{
    [Theory]
    [InlineData("""{"all":[]}""")]
    [InlineData("""{"all":[{"field":"TITLE","op":"eq","value":"x"},{"any":[{"field":"A","op":"filled"},{"not":{"field":"B","op":"in","value":["a","b"]}}]}]}""")]
    [InlineData("""{"field":"A","op":"between","value":[1,2.5]}""")]
    [InlineData("""{"field":"A","op":"eq","value":true}""")]
    [InlineData("""{"field":"A","op":"eq","value":null}""")]
    [InlineData("""{"field":"A1:Result","op":"eq","value":"{=Variable:X}"}""")]
    [InlineData("""{"field":"A","op":"changed","from":"a","to":["b","c"]}""")]
    public void Json_is_written_as_it_was_read(string json) =>
        Assert.Equal(json, ConditionJson.Write(ConditionJson.Read(json).Condition!).ToJsonString());

    public static TheoryData<string, string> MistakesAndPlaces => new()
    {
        { "{", "$" },
        { "[]", "$" },
        { "null", "$" },
        { "{}", "$" },
        { """{"all":[],"any":[]}""", "$" },
        { """{"some":[]}""", "some" },
        { """{"all":{}}""", "all" },
        { """{"all":[1]}""", "all[0]" },
        { """{"all":[{"field":"A","op":"filled"},{"not":{"field":"A"}}]}""", "all[1].not.op" },
        { """{"all":[{"field":"","op":"filled"}]}""", "all[0].field" },
        { """{"all":[{"field":"a b","op":"filled"}]}""", "all[0].field" },
        { """{"all":[{"field":"A}","op":"filled"}]}""", "all[0].field" },
        { """{"all":[{"field":"A > printable","op":"filled"}]}""", "all[0].field" },
        { """{"all":[{"field":"A","op":"like","value":"x"}]}""", "all[0].op" },
        { """{"all":[{"field":"A","op":"eq"}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"filled","value":"x"}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"eq","value":{}}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"in","value":[1,[2]]}]}""", "all[0].value[1]" },
        { """{"all":[{"field":"A","op":"eq","value":"{=B}"}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"eq","value":"=1 +"}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"between","value":[1]}]}""", "all[0].value" },
        { """{"all":[{"field":"A","op":"eq","value":1,"from":2}]}""", "all[0]" },
        { """{"all":[{"field":"A","op":"eq","value":1,"weight":2}]}""", "all[0].weight" },
    };

    internal static IEnumerable<string> Mistakes => MistakesAndPlaces.Select(row => (string)row[0]);

    [Theory]
    [MemberData(nameof(MistakesAndPlaces))]
    public void A_mistake_is_told_with_its_place(string json, string place)
    {
        var reading = ConditionJson.Read(json);

        Assert.Null(reading.Condition);
        Assert.Equal(place, Assert.Single(reading.Problems).Place);
    }

    [Fact]
    public void Depth_and_number_of_rows_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"not":""", 40)) + """{"field":"A","op":"filled"}""" + new string('}', 40);
        var bottomless = string.Concat(Enumerable.Repeat("""{"not":""", 5000)) + "1" + new string('}', 5000);
        var wide = $$"""{"all":[{{string.Join(',', Enumerable.Repeat("""{"field":"A","op":"filled"}""", 501))}}]}""";

        foreach (var json in new[] { deep, bottomless, wide }) Assert.NotEmpty(ConditionJson.Read(json).Problems);
    }
}

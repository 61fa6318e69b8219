using System.Buffers;
using System.Text;
using System.Text.Json;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Tests.Xml;

public sealed class DatumJsonTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("-12.50")]
    [InlineData("\"text\"")]
    [InlineData("[1,[\"a\",null],{}]")]
    [InlineData("{\"$$type\":1,\"b\":{\"c\":[false]}}")]
    [InlineData("{\"$type\":\"date\",\"$value\":\"2026-01-31\"}")]
    public void A_value_is_written_as_it_was_read(string json) => Assert.Equal(json, Write(DatumJson.Parse(json)));

    [Fact]
    public void Values_are_equal_by_content()
    {
        Assert.Equal(DatumJson.Parse("{\"a\":[1,2],\"b\":\"x\"}"), DatumJson.Parse("{\"b\":\"x\",\"a\":[1,2]}"));
        Assert.NotEqual(DatumJson.Parse("[1,2]"), DatumJson.Parse("[2,1]"));
    }

    [Fact]
    public void Depth_and_size_of_numbers_are_limited()
    {
        Assert.Throws<JsonException>(() => DatumJson.Parse(string.Concat(Enumerable.Repeat('[', 50)) + string.Concat(Enumerable.Repeat(']', 50))));
        Assert.Throws<JsonException>(() => DatumJson.Parse("1e99"));
    }

    private static string Write(Datum value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) DatumJson.Write(json, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

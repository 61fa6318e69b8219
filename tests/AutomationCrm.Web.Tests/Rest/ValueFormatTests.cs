using System.Text;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Rest.Protocol.Writing;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class ValueFormatTests
{
    private static readonly RestFormat Format = new(TimeZoneInfo.CreateCustomTimeZone("T", TimeSpan.FromHours(3), "T", "T"));
    private static readonly DateTimeOffset At = new(2026, 1, 5, 22, 30, 15, 999, TimeSpan.Zero);

    public static TheoryData<string, Value, string, string> Written => new()
    {
        { "id", Value.Of(410m), "\"410\"", "410" },
        { "amount", Value.Of(1000000m), "\"1000000.00\"", "1000000" },
        { "amount", Value.Of(1.5m), "\"1.50\"", "1.5" },
        { "size", Value.Of(2.500m), "\"2.500\"", "2.5" },
        { "title", Value.Of("ü"), "\"ü\"", "\"ü\"" },
        { "title", Value.Null, "null", "null" },
        { "opened", Value.True, "\"Y\"", "\"Y\"" },
        { "urgent", Value.True, "\"1\"", "\"Y\"" },
        { "urgent", Value.False, "\"0\"", "\"N\"" },
        { "begin", Value.Of(new DateOnly(2024, 8, 30)), "\"2024-08-30T00:00:00+03:00\"", "\"2024-08-30T00:00:00+03:00\"" },
        { "created", Value.Of(At), "\"2026-01-06T01:30:15+03:00\"", "\"2026-01-06T01:30:15+03:00\"" },
        { "responsible", new UserValue(7), "\"7\"", "7" },
        { "company", new ItemValue(4, 9), "\"9\"", "9" },
        { "budget", new MoneyValue(300m, "EUR"), "\"300|EUR\"", "\"300|EUR\"" },
        { "tags", Value.Of([Value.Of("a"), Value.Of("b")]), """["a","b"]""", """["a","b"]""" },
        { "tags", Value.Null, "[]", "[]" },
        { "links", Value.Of([new ItemValue(2, 1), new ItemValue(128, 6)]), """["D_1","T80_6"]""", """["D_1","T80_6"]""" },
        { "colour", Value.Of("5"), "\"5\"", "5" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_value_is_written_as_its_family_wants_it(string code, Value value, string classic, string item)
    {
        Assert.Equal(classic, Json(new ValueWriter(RestDialect.Classic, Format).Write(Field(code), value)));
        Assert.Equal(item, Json(new ValueWriter(RestDialect.Item, Format).Write(Field(code), value)));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void What_was_written_is_read_back(string code, Value value, string classic, string item)
    {
        Assert.NotEqual(classic, item + "!");
        var expected = code switch
        {
            "created" => Value.Of(At.AddMilliseconds(-999)),
            "tags" when value.IsEmpty => Value.Of(Enumerable.Empty<Value>()),
            _ => value,
        };
        foreach (var dialect in (RestDialect[])[RestDialect.Classic, RestDialect.Item])
        {
            Assert.True(new RestValueReader(Format).TryRead(Field(code), new ValueWriter(dialect, Format).Write(Field(code), value), out var read));
            Assert.Equal(expected, read);
        }
    }

    [Theory]
    [InlineData("2026-01-05T09:00:00+00:00")]
    [InlineData("2026-01-05T09:00:00Z")]
    [InlineData("2026-01-05T09:00:00.000Z")]
    [InlineData("2026-01-05T12:00:00+03:00")]
    [InlineData("2026-01-05T12:00:00+0300")]
    [InlineData("2026-01-05T12:00:00")]
    [InlineData("2026-01-05 12:00:00")]
    [InlineData("2026-01-05T12:00")]
    public void Moments_are_read_in_every_iso_form(string text)
    {
        Assert.True(new RestValueReader(Format).TryRead(Field("created"), text, out var value));
        Assert.Equal(Value.Of(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)), value);
    }

    [Theory]
    [InlineData("created", "yesterday")]
    [InlineData("created", "2026-13-01")]
    [InlineData("created", "0001-01-01T00:00:00+14:00")]
    [InlineData("created", "9999-12-31T23:59:59-14:00")]
    [InlineData("begin", "0001-01-01")]
    [InlineData("amount", "1,000")]
    [InlineData("amount", "1e99")]
    [InlineData("id", "1.5")]
    [InlineData("id", "99999999999999999999")]
    [InlineData("opened", "maybe")]
    [InlineData("budget", "300")]
    [InlineData("budget", "300|€€€")]
    [InlineData("company", "D_1")]
    [InlineData("company", "-1")]
    [InlineData("responsible", "Anna")]
    [InlineData("links", "D_1")]
    [InlineData("colour", "7")]
    public void What_does_not_fit_the_field_is_refused(string code, string text) =>
        Assert.False(new RestValueReader(Format).TryRead(Field(code), text, out _));

    [Theory]
    [InlineData("company", "0")]
    [InlineData("company", "")]
    [InlineData("responsible", "0")]
    public void Nothing_may_be_said_with_zero(string code, string text)
    {
        Assert.True(new RestValueReader(Format).TryRead(Field(code), text, out var value));
        Assert.Equal(Value.Null, value);
    }

    [Theory]
    [InlineData("UF_CRM_3_DIGIT", "ufCrm3Digit")]
    [InlineData("UF_CRM_3_1747309727", "ufCrm3_1747309727")]
    [InlineData("UF_CRM_3_DIGIT10", "ufCrm_3_DIGIT10")]
    [InlineData("UF_CRM_3_DIGIT_10", "ufCrm_3_DIGIT_10")]
    [InlineData("UF_CRM_1747309879", "ufCrm_1747309879")]
    [InlineData("UF_CRM_3_MY_FIELD", "ufCrm3MyField")]
    [InlineData("UF_CRM_BUDGET", "ufCrm_BUDGET")]
    [InlineData("STAGE_ID", "stageId")]
    [InlineData("STATUS_ID", "stageId")]
    [InlineData("DATE_CREATE", "createdTime")]
    [InlineData("MODIFY_BY_ID", "updatedBy")]
    [InlineData("ASSIGNED_BY_ID", "assignedById")]
    [InlineData("IS_MANUAL_OPPORTUNITY", "isManualOpportunity")]
    [InlineData("PARENT_ID_1220", "parentId1220")]
    [InlineData("BEGINDATE", "begindate")]
    public void A_classic_name_has_its_camel_case_form(string classic, string item) => Assert.Equal(item, ItemNames.Of(classic));

    [Fact]
    public void A_converted_name_that_is_taken_falls_back_to_the_original()
    {
        var set = new RestFieldSet([new RestField("a", "UF_CRM_3_SIZE", RestFieldKind.Text, "string") { Custom = true }, new RestField("b", "UF_CRM_3_SI_ZE", RestFieldKind.Text, "string") { Custom = true, ItemName = "ufCrm3Size" }], RestDialect.Item);

        Assert.Equal(["ufCrm3Size", "UF_CRM_3_SI_ZE"], set.Fields.Select(set.NameOf));
        Assert.Equal("b", set.Find("UF_CRM_3_SI_ZE")!.Code);
    }

    [Fact]
    public void Original_names_of_custom_fields_can_be_asked_for()
    {
        var set = new RestFieldSet(StubFields.All, RestDialect.ItemOriginalNames);

        Assert.Equal("UF_CRM_3_SIZE", set.NameOf(Field("size")));
        Assert.Equal("stageId", set.NameOf(Field("stage")));
        Assert.Equal("size", set.Find("ufCrm3Size")!.Code);
    }

    [Fact]
    public void Multi_fields_are_added_changed_and_removed_by_their_rows()
    {
        var current = new MultiFieldEntry[] { new(1, "PHONE", "WORK", "+1"), new(2, "PHONE", "HOME", "+2"), new(3, "EMAIL", "WORK", "a@b") };
        var method = RestHost.Table.Find("crm.deal.update")!;
        var input = RestValue.List([RestValue.Map(("ID", "1"), ("VALUE", "+11")), RestValue.Map(("ID", "2"), ("DELETE", "Y")), RestValue.Map(("VALUE", "+4"), ("VALUE_TYPE", "MOBILE")), RestValue.Map(("ID", "3"), ("VALUE", ""))]);

        var after = MultiFields.Apply(current, MultiFields.ReadClassic("PHONE", input, method));

        Assert.Equal([new(1, "PHONE", "WORK", "+11"), new(3, "EMAIL", "WORK", "a@b"), new(0, "PHONE", "MOBILE", "+4")], after.AsEnumerable());
        Assert.Equal("""[{"ID":"1","VALUE_TYPE":"WORK","VALUE":"+11","TYPE_ID":"PHONE"},{"ID":"0","VALUE_TYPE":"MOBILE","VALUE":"+4","TYPE_ID":"PHONE"}]""", Json(MultiFields.WriteClassic(after, "PHONE")));
    }

    [Fact]
    public void Item_methods_take_multi_fields_as_a_map_by_id()
    {
        var method = RestHost.Table.Find("crm.item.add")!;
        var input = RestValue.Map(("1", RestValue.Map(("typeId", "PHONE"), ("value", ""))), ("n0", RestValue.Map(("typeId", "email"), ("valueType", "WORK"), ("value", "c@d"))));

        Assert.Equal(
            [new MultiFieldChange(1, "PHONE", null, "", Remove: true), new MultiFieldChange(null, "EMAIL", "WORK", "c@d", Remove: false)],
            MultiFields.ReadItem(input, method));
        Assert.Throws<RestException>(() => MultiFields.ReadItem(RestValue.List([RestValue.Map(("typeId", "FAX"), ("value", "1"))]), method));
    }

    [Fact]
    public void Reading_fields_ignores_unknown_read_only_and_immutable_names()
    {
        var method = RestHost.Table.Find("crm.item.add")!;
        var input = RestValue.Map(("id", 5), ("nosuch", 1), ("CATEGORY_ID", 2), ("title", "T"), ("UF_CRM_3_SIZE", "3"), ("createdTime", "x"));
        var reader = new FieldsReader(StubFields.Item, new RestValueReader(Format));

        Assert.Equal(["category", "size", "title"], reader.Read(input, method, isNew: true).Values.Keys.Order());
        Assert.Equal(["size", "title"], new FieldsReader(StubFields.Classic, new RestValueReader(Format)).Read(input, method, isNew: false).Values.Keys.Order());
        // Item methods may move an item to another category.
        Assert.Equal(["category", "size", "title"], reader.Read(input, method, isNew: false).Values.Keys.Order());
    }

    private static IRestField Field(string code) => StubFields.All.First(f => f.Code == code);

    private static string Json(RestValue value) => Encoding.UTF8.GetString(RestJsonWriter.Write(value).Span);
}

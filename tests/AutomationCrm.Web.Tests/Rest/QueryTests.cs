using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Reading;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class QueryTests
{
    private static readonly RestFormat Format = new(TimeZoneInfo.Utc);

    [Theory]
    [InlineData("filter[ID]=5", "id Equal 5")]
    [InlineData("filter[=ID]=5", "id Equal 5")]
    [InlineData("filter[!ID]=5", "id NotEqual 5")]
    [InlineData("filter[!=ID]=5", "id NotEqual 5")]
    [InlineData("filter[<>ID]=5", "id NotEqual 5")]
    [InlineData("filter[>ID]=5", "id Greater 5")]
    [InlineData("filter[>=ID]=5", "id GreaterOrEqual 5")]
    [InlineData("filter[<ID]=5", "id Less 5")]
    [InlineData("filter[<=ID]=5", "id LessOrEqual 5")]
    [InlineData("filter[ID][]=5&filter[ID][]=6", "id In 5,6")]
    [InlineData("filter[@ID][]=5&filter[@ID][]=6", "id In 5,6")]
    [InlineData("filter[@ID]=5", "id In 5")]
    [InlineData("filter[!@ID][]=5&filter[!@ID][]=", "id NotIn 5")]
    [InlineData("filter[!ID][]=5", "id NotIn 5")]
    [InlineData("filter[%TITLE]=x", "title Contains x")]
    [InlineData("filter[!%TITLE]=x", "title NotContains x")]
    [InlineData("filter[=%TITLE]=x%", "title Like x%")]
    [InlineData("filter[%=TITLE]=x%", "title Like x%")]
    [InlineData("filter[!=%TITLE]=x", "title NotLike x")]
    [InlineData("filter[!%=TITLE]=x", "title NotLike x")]
    [InlineData("filter[COMPANY_ID]=", "company Empty ")]
    [InlineData("filter[COMPANY_ID]=null", "company Empty ")]
    [InlineData("filter[!COMPANY_ID]=", "company NotEmpty ")]
    [InlineData("filter[>ID]=", "id In ")]
    [InlineData("filter[>ID]=5&filter[TITLE]=x", "(id Greater 5 AND title Equal x)")]
    [InlineData("filter[uf_crm_3_size]=1.5", "size Equal 1.5")]
    [InlineData("", "everything")]
    public void A_key_is_an_operator_and_a_field(string query, string expected)
    {
        Assert.Equal(expected, Classic(query));
        Assert.Equal(expected, Item(query));
    }

    [Theory]
    [InlineData("filter[0][logic]=OR&filter[0][0][>id]=5&filter[0][1][title]=x", "(id Greater 5 OR title Equal x)")]
    [InlineData("filter[logic]=OR&filter[>id]=5&filter[title]=x", "(id Greater 5 OR title Equal x)")]
    [InlineData("filter[stageId]=NEW&filter[0][logic]=OR&filter[0][0][>id]=5&filter[0][0][<id]=9&filter[0][1][title]=x", "(stage Equal NEW AND ((id Greater 5 AND id Less 9) OR title Equal x))")]
    [InlineData("filter[ID]=5", "id Equal 5")]
    [InlineData("filter[UF_CRM_3_SIZE]=5", "size Equal 5")]
    public void Item_lists_nest_groups_and_take_classic_names(string query, string expected) => Assert.Equal(expected, Item(query));

    [Theory]
    [InlineData("filter[nosuch]=5", "everything")]
    [InlineData("filter[logic]=OR&filter[ID]=5", "id Equal 5")]
    [InlineData("filter[0][ID]=5", "everything")]
    public void Classic_lists_ignore_what_they_do_not_know(string query, string expected) => Assert.Equal(expected, Classic(query));

    [Theory]
    [InlineData("filter[>nosuch]=5", "Invalid filter: field 'nosuch' is not allowed in filter")]
    [InlineData("filter[id]=abc", "Invalid filter: field 'id' has invalid value")]
    [InlineData("filter[id][0][0]=1", "Invalid filter: field 'id' has invalid value")]
    [InlineData("filter[>id][]=1&filter[>id][]=2", "Invalid filter: field 'id' has invalid value")]
    [InlineData("filter[%id]=1", "Invalid filter: field 'id' cannot be searched by substring")]
    [InlineData("filter[logic]=XOR&filter[id]=1", "Invalid filter: logic must be AND or OR")]
    public void Item_lists_refuse_with_the_reason(string query, string reason)
    {
        var error = Assert.Throws<RestException>(() => Item(query)).Error;

        Assert.Equal(("INVALID_ARG_VALUE", reason), (error.Code, error.Description));
    }

    [Fact]
    public void Terms_and_operands_are_limited()
    {
        var terms = string.Join('&', Enumerable.Range(0, 21).Select(i => $"filter[{i}][id]=1"));
        var operands = string.Join('&', Enumerable.Range(0, 1001).Select(i => $"filter[id][{i}]=1"));

        Assert.Equal("Invalid filter: more than 20 conditions", Assert.Throws<RestException>(() => Item(terms)).Message);
        Assert.Equal("Invalid filter: field 'id' has more than 1000 values", Assert.Throws<RestException>(() => Item(operands)).Message);
    }

    [Theory]
    [InlineData("", "id")]
    [InlineData("order[ID]=DESC", "id-")]
    [InlineData("order[TITLE]=asc&order[DATE_CREATE]=desc", "title created- id")]
    public void The_order_ends_with_the_id(string query, string expected)
    {
        string Of(RestFieldSet set) => string.Join(' ', OrderParser.Parse(Tree(query, "order"), set, "id").Select(o => o.Field + (o.Descending ? "-" : "")));

        Assert.Equal(expected, Of(StubFields.Classic));
        Assert.Equal(expected, Of(StubFields.Item));
    }

    [Fact]
    public void A_direction_that_is_none_is_ignored_by_classic_and_refused_by_item_lists()
    {
        Assert.Single(OrderParser.Parse(Tree("order[ID]=up", "order"), StubFields.Classic, "id"));
        Assert.Throws<RestException>(() => OrderParser.Parse(Tree("order[ID]=up", "order"), StubFields.Item, "id"));
    }

    [Theory]
    [InlineData("", "ID TITLE STAGE_ID CATEGORY_ID OPPORTUNITY OPENED BEGINDATE DATE_CREATE ASSIGNED_BY_ID COMPANY_ID")]
    [InlineData("select[]=TITLE&select[]=nosuch", "ID TITLE")]
    [InlineData("select[]=PHONE", "ID PHONE")]
    [InlineData("select[]=UF_*", "ID UF_CRM_3_SIZE UF_CRM_3_TAGS2 UF_CRM_BUDGET UF_CRM_URGENT UF_CRM_LINKS UF_CRM_COLOUR")]
    [InlineData("select=TITLE", "ID TITLE")]
    public void Classic_lists_select_standard_fields_unless_asked(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', SelectParser.Parse(Tree(query, "select"), StubFields.Classic, "id").Fields.Select(StubFields.Classic.NameOf)));

    [Theory]
    [InlineData("", 16, false)]
    [InlineData("select[]=*", 16, true)]
    [InlineData("select[]=ID", 1, false)]
    [InlineData("select[]=ufCrm3Size&select[]=UF_CRM_URGENT", 3, false)]
    public void Item_lists_select_everything_unless_asked(string query, int count, bool multi)
    {
        var selection = SelectParser.Parse(Tree(query, "select"), StubFields.Item, "id");

        Assert.Equal((count, multi), (selection.Fields.Count, selection.WithMulti));
    }

    [Theory]
    [InlineData("0", 0, true, 50)]
    [InlineData("50", 50, true, 100)]
    [InlineData("100", 100, true, null)]
    [InlineData("-1", 0, false, 50)]
    [InlineData("-7", 0, true, 50)]
    [InlineData("999999999999", int.MaxValue - 50, true, null)]
    public void A_page_starts_where_start_says(string start, int offset, bool counted, int? next)
    {
        var page = RestPage.Parse(start);

        Assert.Equal((offset, counted, next), (page.Offset, page.Counted, page.NextOf(120)));
    }

    private static string Classic(string query) => Show(new FilterParser(StubFields.Classic, new RestValueReader(Format)).Parse(Tree(query, "filter")));

    private static string Item(string query) => Show(new FilterParser(StubFields.Item, new RestValueReader(Format)).Parse(Tree(query, "filter")));

    private static RestValue? Tree(string query, string name) => BracketReader.Parse(query, new RestLimits()).FindAnyCase(name);

    private static string Show(RestFilterNode node) => node switch
    {
        RestFilterGroup { Members: [var only] } => Show(only),
        RestFilterGroup { Members: [] } => "everything",
        RestFilterGroup group => $"({string.Join(group.Any ? " OR " : " AND ", group.Members.Select(Show))})",
        RestFilterTerm term => $"{term.Field} {term.Operator} {string.Join(',', term.Operands.Select(Show))}",
        _ => "",
    };

    private static string Show(Value value) => value switch
    {
        NumberValue n => $"{n.Number}",
        TextValue t => t.Text,
        _ => value.ToString(),
    };
}

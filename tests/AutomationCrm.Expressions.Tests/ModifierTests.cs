using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

/// <summary>Every modifier of section 4.3, whole and inside text.</summary>
public sealed class ModifierTests
{
    private static readonly EvaluationContext Context = Some.Context with
    {
        ServerTimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"),
        AuthorTimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"),
    };

    private static readonly Known Source = new Known()
        .With("D:TEXT", "text")
        .With("D:NUMBER", "12.7")
        .With("D:BIG", 1234567.5m)
        .With("D:NOTHING", Value.Null)
        .With("D:YES", "Y")
        .With("D:FLAG", Value.True)
        .With("D:DAY", "05.01.2026")
        .With("D:AT", Some.At("2026-01-05T22:30:00Z"))
        .With("D:USER", new UserValue(7))
        .With("D:USERS", Some.List(new UserValue(7), new UserValue(8)))
        .With("D:ITEM", new ItemValue(2, 15))
        .With("D:CONTACT", "C_9")
        .With("D:EUR", new MoneyValue(1234.5m, "EUR"))
        .With("D:STAGE", "hot")
        .With("D:FILE", 3m)
        .With("D:LIST", Some.Texts("1", "2"));

    public static TheoryData<string, string> Cases => CaseTable.Read(
        """
        # types
        {=D:BIG > string}             => "1234567.5"
        {=D:AT > text}                => "01/05/2026 22:30"
        {=D:LIST > string}            => ["1", "2"]
        {=D:NUMBER > int}             => 12
        {=D:USER > int}               => 7
        {=D:NUMBER > double}          => 12.7
        {=D:TEXT > double}            => !not_a_number
        {=D:NOTHING > int}            => nothing
        {=D:YES > bool}               => yes
        {=D:NOTHING > bool}           => no
        {=D:TEXT > bool}              => !not_a_boolean
        {=D:DAY > date}               => 2026-01-05
        {=D:AT > date}                => 2026-01-05
        {=D:AT > date, server}        => 2026-01-06
        {=D:TEXT > date}              => !not_a_date
        {=D:DAY > datetime}           => 2026-01-05T00:00:00Z
        {=D:DAY > datetime, author}   => 2026-01-04T21:00:00Z
        {=D:FLAG > datetime}          => !not_a_date
        {=D:AT > time}                => "22:30"
        {=D:AT > time, server}        => "07:30"
        {=D:TEXT > time}              => !not_a_date
        {=D:FILE > user}              => user 3
        {=D:TEXT > user}              => !not_a_user
        {=D:FILE > file}              => 3
        {=D:STAGE > select}           => "hot"
        {=D:EUR > uf:money}           => 1234.5 EUR
        {=D:TEXT > money}             => !not_money
        {=D:CONTACT > UF:crm}         => item 3:9
        {=D:TEXT > uf:crm}            => !not_an_item
        {=D:LIST > int}               => [1, 2]
        {=D:TEXT > uf:address}        => "text"
        # formats
        {=D:USER > printable}         => "Ann Lee [7]"
        {=D:USERS > printable}        => ["Ann Lee [7]", "Ann Lee [8]"]
        {=D:USER > friendly}          => "Ann Lee"
        {=D:STAGE > printable}        => "Hot lead"
        {=D:FLAG > printable}         => "yes"
        {=D:BIG > printable}          => "1,234,567.5"
        {=D:EUR > printable}          => "1,234.50 EUR"
        {=D:AT > printable}           => "01/05/2026 22:30"
        {=D:STAGE_PRINTABLE}          => "Hot lead"
        {=D:STAGE_printable}          => "Hot lead"
        {=D:AT > server}              => 2026-01-05T22:30:00Z
        x{=D:AT > server}             => "x01/06/2026 07:30"
        x{=D:AT > author}             => "x01/06/2026 01:30"
        x{=D:AT > responsible}        => "x01/05/2026 22:30"
        {=D:FILE > src}               => "/files/3"
        {=D:FILE > name}              => "offer-3.pdf"
        {=D:FILE > publink}           => "https://crm.example/pub/3"
        {=D:FILE > shortlink}         => "https://crm.example/~3"
        {=D:TEXT > src}               => !no_form
        {=D:NOTHING > publink}        => ""
        {=D:ITEM > id}                => 15
        {=D:CONTACT > id}             => 9
        {=D:USERS > id}               => [7, 8]
        {=D:FLAG > id}                => !no_form
        # both, in either order, blanks anywhere
        {= D : USER>user ,printable } => "Ann Lee [7]"
        {=D:USER > printable, user}   => "Ann Lee [7]"
        {=D:USER > }                  => !syntax
        {=D:USER > printable,}        => !syntax
        # inside a formula
        ={=D:AT > server} & ''        => "01/06/2026 07:30"
        ={=D:NUMBER > int} + 1        => 13
        x {{= {=D:USER > friendly} & '!' }} => "x Ann Lee!"
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_modifier_gives(string text, string outcome) => Assert.Equal(outcome, Dump.Of(Template.Parse(text).Evaluate(Source, Context)));

    [Fact]
    public void Without_host_names_the_plain_form_is_printed() =>
        Assert.Equal("\"user_7\"", Dump.Of(Template.Parse("{=D:USER > printable}").Evaluate(Source, new EvaluationContext(Some.Now))));

    [Theory]
    [InlineData("en-US")]
    [InlineData("ru-RU")]
    [InlineData("de-DE")]
    [InlineData("")]
    public void Dates_shown_in_a_culture_are_read_back_in_it(string culture)
    {
        var context = Some.Context with { Culture = CultureInfo.GetCultureInfo(culture), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow") };
        var source = new Known().With("D:AT", Some.At("2026-01-05T22:30:05Z")).With("D:DAY", Some.Date("2026-12-31"));

        Assert.Equal("2026-01-05T22:30:05Z", Dump.Of(Template.Parse("=dateadd('' & {=D:AT}, '')").Evaluate(source, context)));
        Assert.Equal("2026-12-31", Dump.Of(Template.Parse("=dateadd('' & {=D:DAY}, '')").Evaluate(source, context)));
    }

    [Theory]
    [InlineData("en-US", "1/5/2026 9:07 AM", "2026-01-05T09:07:00Z")]
    [InlineData("en-US", "1/5/2026", "2026-01-05")]
    [InlineData("en-GB", "05/01/2026 09:07", "2026-01-05T09:07:00Z")]
    [InlineData("de-DE", "05.01.2026 09:07:08", "2026-01-05T09:07:08Z")]
    [InlineData("ru-RU", "5.1.2026", "2026-01-05")]
    [InlineData("", "2026-01-05T09:07", "2026-01-05T09:07:00Z")]
    [InlineData("", "2026-01-05T09:07:08.5+03:00", "2026-01-05T06:07:08.5Z")]
    [InlineData("", "2026-01-05T09:07:08Z", "2026-01-05T09:07:08Z")]
    [InlineData("", "2026-02-30", "!not_a_date")]
    [InlineData("", "2026-01-05T25:00", "!not_a_date")]
    public void Dates_typed_by_people_are_read(string culture, string text, string outcome)
    {
        var context = Some.Context with { Culture = CultureInfo.GetCultureInfo(culture) };

        Assert.Equal(outcome, Dump.Of(Template.Parse($"=dateadd('{text}', '')").Evaluate(new Known(), context)));
    }

    [Fact]
    public void Texts_the_reader_made_are_read_back()
    {
        Assert.Equal(new ItemValue(0x82, 7), ItemCodes.Read(ItemCodes.Write(new ItemValue(0x82, 7))));
        foreach (var type in new[] { 1, 2, 3, 4, 5, 7, 14, 31, 36, 128, 1030 })
            Assert.Equal(new ItemValue(type, 1), ItemCodes.Read(ItemCodes.Write(new ItemValue(type, 1))));
        Assert.Null(ItemCodes.Read("X_1"));
        Assert.Null(ItemCodes.Read("D_"));
    }
}

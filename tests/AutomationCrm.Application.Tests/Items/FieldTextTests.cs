using System.Globalization;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Tests.Items;

public class FieldTextTests
{
    private static readonly FieldSet Deal = BuiltInFields.For(ItemTypeIds.Deal);
    private static readonly FieldText Russian = new(CultureInfo.GetCultureInfo("ru-RU"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"));

    [Theory]
    [InlineData("TITLE", "12.50", "12.50")]
    [InlineData("OPPORTUNITY", "12.50", "12.5")]
    [InlineData("OPPORTUNITY", " -3 ", "-3")]
    [InlineData("OPPORTUNITY", "100.50 EUR", "100.5")]
    [InlineData("PROBABILITY", "40", "40")]
    [InlineData("OPENED", "yes", "Y")]
    [InlineData("OPENED", "0", "N")]
    [InlineData("CLOSEDATE", "2026-03-01", "03/01/2026")]
    [InlineData("CLOSEDATE", "2026-03-01T23:30:00Z", "03/01/2026")]
    [InlineData("ASSIGNED_BY_ID", "user_7", "user_7")]
    [InlineData("ASSIGNED_BY_ID", "7", "user_7")]
    [InlineData("COMPANY_ID", "15", "CO_15")]
    [InlineData("COMPANY_ID", "CO_15", "CO_15")]
    [InlineData("CURRENCY_ID", " eur", "EUR")]
    [InlineData("SOURCE_ID", "call", "CALL")]
    [InlineData("OPPORTUNITY", "", "")]
    public void Text_is_read_by_the_kind_of_the_field(string code, string text, string expected) =>
        Assert.Equal(expected, ValueText.Plain(FieldText.Invariant.Read(Deal[code], text), new EvaluationContext(default)));

    [Theory]
    [InlineData("OPPORTUNITY", "a lot", "a number")]
    [InlineData("PROBABILITY", "1.5", "a whole number")]
    [InlineData("OPENED", "perhaps", "yes or no")]
    [InlineData("CLOSEDATE", "2026-02-30", "a date")]
    [InlineData("ASSIGNED_BY_ID", "Ada", "a person")]
    [InlineData("COMPANY_ID", "C_15", "an item")]
    public void What_does_not_fit_names_the_field_and_what_it_takes(string code, string text, string wanted)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => FieldText.Invariant.Read(Deal[code], text));

        Assert.Equal(("field.type", code), (refusal.Code, refusal.Field));
        Assert.Contains(wanted, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_own_habits_are_understood()
    {
        Assert.Equal(Value.Of(12.5m), Russian.Read(Deal["OPPORTUNITY"], "12,50"));
        Assert.Equal(Value.Of(new DateOnly(2026, 3, 1)), Russian.Read(Deal["CLOSEDATE"], "01.03.2026"));
        Assert.Equal(Value.Of(new DateOnly(2026, 3, 2)), Russian.Read(Deal["CLOSEDATE"], "2026-03-01T23:30:00Z"));
        Assert.Equal(Value.Of(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)), Russian.Read(Deal["DATE_CREATE"], "01.03.2026 12:00"));
        Assert.Equal(Value.Of(new DateTimeOffset(2026, 2, 28, 21, 0, 0, TimeSpan.Zero)), Russian.Read(Deal["DATE_CREATE"], "01.03.2026"));
        Assert.Equal(Value.True, Russian.Read(Deal["OPENED"], "да"));
    }

    [Fact]
    public void Values_of_a_related_kind_are_turned_into_the_fields()
    {
        Assert.Equal(Value.Of(100m), FieldText.Invariant.Convert(Deal["OPPORTUNITY"], new MoneyValue(100, "EUR")));
        Assert.Equal(Value.Of("user_3, user_4"), FieldText.Invariant.Convert(Deal["TITLE"], Value.Of([new UserValue(3), new UserValue(4)])));
        Assert.Equal(new UserValue(3), FieldText.Invariant.Convert(Deal["ASSIGNED_BY_ID"], Value.Of([new UserValue(3)])));
        Assert.Throws<RuleBrokenException>(() => FieldText.Invariant.Convert(Deal["ASSIGNED_BY_ID"], Value.Of([new UserValue(3), new UserValue(4)])));
    }

    [Fact]
    public void Contact_points_may_stand_in_one_text()
    {
        var phones = FieldText.Invariant.Read(BuiltInFields.For(ItemTypeIds.Contact)["PHONE"], "+49 30 1; +49 30 2,\n+49 30 3");

        Assert.Equal(["+49 30 1", "+49 30 2", "+49 30 3"], Assert.IsType<ListValue>(phones).Items.Cast<TextValue>().Select(t => t.Text));
    }
}

namespace AutomationCrm.Web.Localization;

/// <summary>Values as the person reads them: culture and IANA time zone of <see cref="IUserPreferences"/>.</summary>
public interface IUserFormat
{
    /// <summary>An amount with its currency sign; cents only where there are any. Null is an empty text.</summary>
    string Money(decimal? amount, string currency);

    string Number(decimal value);

    string Percent(decimal share);

    string Date(DateOnly date);

    string Date(DateTimeOffset instant);

    string Time(DateTimeOffset instant);

    string DateTime(DateTimeOffset instant);

    /// <summary>"5 minutes ago", "in 2 days"; farther than 30 days it is the date.</summary>
    string Relative(DateTimeOffset instant);

    /// <summary>"3 h 20 min": the two largest units, "0 s" for less than a second.</summary>
    string Duration(TimeSpan duration);
}

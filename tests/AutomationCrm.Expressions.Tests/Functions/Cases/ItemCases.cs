namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>The item and its people.</summary>
internal static class ItemCases
{
    public const string Table =
        """
        =getdocumenturl()                        => "/crm/deal/15/"
        =getdocumenturl('', true)                => "https://crm.example/crm/deal/15/"
        =getdocumenturl('bb')                    => "[url=/crm/deal/15/]Big <order>[/url]"
        =getdocumenturl('html')                  => "<a href="/crm/deal/15/">Big &lt;order&gt;</a>"
        =getdocumenturl('pdf')                   => !bad_argument
        =convert({=D:USER}, 'printableuser')     => "Ann Lee [7]"
        =convert('user_7', 'printableuserb24')   => "Ann Lee [7]"
        =convert({=D:USER}, 'x')                 => !bad_argument
        =convert('x', 'printableuser')           => !not_a_user
        """;
}

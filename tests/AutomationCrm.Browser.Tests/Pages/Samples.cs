using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>What several tests of pages need in the portal.</summary>
internal static class Samples
{
    /// <summary>A public form that makes deals on the first stage.</summary>
    public static Task FormAsync(PortalFixture portal, string token, string title) => portal.ExecuteAsync(
        """
        insert into web_form (token, signing_key, title, lead, type_id, pipeline_id, stage_id, fields, consent, thanks, responsible_id, is_active, created_at)
        select $1, decode(repeat('cd', 32), 'hex'), $2, 'We answer within a day.', 2, 0, 'NEW', array['CLIENT.NAME', 'CLIENT.EMAIL', 'CLIENT.PHONE', 'COMMENTS'], 'I agree that my data is kept to answer me.', 'Thank you, we will call you.', id, true, now()
        from person where is_admin and not is_demo on conflict do nothing
        """,
        token, title);

    /// <summary>A deal whose robot waits for an hour.</summary>
    public static async Task<long> WaitingDealAsync(PortalFixture portal)
    {
        await portal.ExecuteAsync(
            """
            insert into config_version (kind, key, number, state, content, author_id, at)
            select 'stage-automation', '2:EXECUTING', coalesce(max(number), 0) + 1, 1, '{"undoSeconds":0,"robots":[{"key":"later","type":"add_comment","name":"Ask again","enabled":true,"delay":{"after":"PT1H"},"settings":{"text":"Asked again"}}]}'::jsonb, 1, now()
            from config_version where key = '2:EXECUTING' and state = 1
            """);
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
        var deal = await portal.TakeDealAsync();
        await portal.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"STAGE_ID":"EXECUTING"}}""");
        return deal;
    }
}

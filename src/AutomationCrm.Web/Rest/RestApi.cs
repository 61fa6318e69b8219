using AutomationCrm.Web.Rest.Automation;
using AutomationCrm.Web.Rest.Crm.Directories;
using AutomationCrm.Web.Rest.Crm.Documents;
using AutomationCrm.Web.Rest.Crm.Items;
using AutomationCrm.Web.Rest.Crm.Timeline;
using AutomationCrm.Web.Rest.Im;
using AutomationCrm.Web.Rest.People;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Service;

namespace AutomationCrm.Web.Rest;

/// <summary>All REST methods of the server: one line per group.</summary>
internal static class RestApi
{
    public static RestMethodTable Table { get; } = new(
        ServiceMethods.All,
        PersonMethods.All,
        ItemMethods.All,
        ClassicItemMethods.All,
        CategoryMethods.All,
        DirectoryMethods.All,
        StageHistoryMethods.All,
        DocumentMethods.All,
        CommentMethods.All,
        TodoMethods.All,
        ActivityMethods.All,
        NotifyMethods.All,
        StageMethods.All,
        RobotTypeMethods.All,
        RunMethods.All,
        RunDecisionMethods.All,
        PauseMethods.All,
        TriggerMethods.All,
        CrmTriggerMethods.All,
        HistoryMethods.All,
        ExplainMethods.All,
        TrialMethods.All,
        BulkMethods.All,
        WaitMethods.All,
        CalendarMethods.All,
        ScriptMethods.All,
        GlobalMethods.All,
        RequiredMethods.All,
        IncidentMethods.All);
}

namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>One link of the sidebar. <see cref="Text"/> is the key of its label.</summary>
internal sealed record NavLink(string Path, string Text, string Icon, bool AdministratorOnly = false)
{
    public bool IsCurrent(PathString path) => path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}

internal sealed record NavGroup(string Text, IReadOnlyList<NavLink> Links);

/// <summary>The sidebar, top to bottom.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<NavGroup> Groups =
    [
        new("nav.sales",
        [
            new("/deals", "nav.deals", "layout-kanban"),
            new("/leads", "nav.leads", "target"),
            new("/proposals", "nav.proposals", "file-text"),
            new("/invoices", "nav.invoices", "receipt"),
        ]),
        new("nav.clients",
        [
            new("/companies", "nav.companies", "building"),
            new("/contacts", "nav.contacts", "users"),
        ]),
        new("nav.work",
        [
            new("/tasks", "nav.tasks", "checkbox"),
            new("/attention", "nav.attention", "alert-triangle"),
            new("/recycle-bin", "nav.bin", "trash"),
        ]),
        new("nav.engine",
        [
            new("/automation", "nav.automation", "robot", AdministratorOnly: true),
            new("/document-templates", "nav.templates", "file-invoice", AdministratorOnly: true),

            new("/calendar", "nav.calendar", "calendar", AdministratorOnly: true),
            new("/runs", "nav.runs", "history", AdministratorOnly: true),
            new("/global-values", "nav.globals", "hash", AdministratorOnly: true),
            new("/web-forms", "nav.web_forms", "list-check", AdministratorOnly: true),
            new("/outbox", "nav.outbox", "send", AdministratorOnly: true),
            new("/messages", "nav.messages", "message", AdministratorOnly: true),
            new("/mail", "nav.mail", "inbox", AdministratorOnly: true),
            new("/webhooks", "nav.webhooks", "webhook"),
            new("/import", "nav.import", "database-import", AdministratorOnly: true),
            new("/people", "nav.people", "users-group", AdministratorOnly: true),
        ]),
    ];
}

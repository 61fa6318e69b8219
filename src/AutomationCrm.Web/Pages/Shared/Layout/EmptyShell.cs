namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>The frame for somebody who is not signed in, and until a real one is registered.</summary>
internal sealed class EmptyShell : IShell
{
    public Task<ShellView> GetAsync(CancellationToken ct) => Task.FromResult(new ShellView { PortalName = "AutomationCrm" });
}

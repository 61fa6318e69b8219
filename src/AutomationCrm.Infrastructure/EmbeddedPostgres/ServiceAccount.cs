using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The unprivileged account that runs the server when the app itself runs as root.</summary>
internal sealed record ServiceAccount(string Name, uint UserId, uint GroupId)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Null when the app does not run as root and needs no other account.</summary>
    public static ServiceAccount? Choose(string? name)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return null;

        var accounts = File.ReadLines("/etc/passwd").Select(Parse).OfType<ServiceAccount>().ToDictionary(a => a.Name, StringComparer.Ordinal);
        if (name is "") name = null;
        foreach (var candidate in name is null ? Preferred : [name])
            if (accounts.TryGetValue(candidate, out var account) && account.UserId != 0)
                return account;

        throw new EmbeddedPostgresException(
            EmbeddedPostgresError.NoUnprivilegedAccount,
            name is null
                ? "PostgreSQL refuses to run as root and neither the account postgres nor nobody exists. Create one (useradd --system postgres) or start the app as an ordinary user."
                : $"The account {name} of Crm__EmbeddedPostgres__Account does not exist or is root. Name an ordinary account of this machine.");
    }

    /// <summary>Hands a file or folder that root has just made to the account; does not descend.</summary>
    public void Own(string path)
    {
        if (NativeMethods.LChown(Encoding.UTF8.GetBytes(path + '\0'), UserId, GroupId) == 0) return;
        throw new EmbeddedPostgresException(
            EmbeddedPostgresError.DataDirectoryNotWritable,
            $"{path} could not be given to the account {Name} (error {Marshal.GetLastPInvokeError()}). Put Crm__EmbeddedPostgres__ServiceDirectory on a file system that knows owners.");
    }

    private static ServiceAccount? Parse(string line)
    {
        var parts = line.Split(':');
        return parts.Length >= 4
            && uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && uint.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            ? new ServiceAccount(parts[0], user, group)
            : null;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "lchown", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int LChown(byte[] path, uint user, uint group);
    }
}

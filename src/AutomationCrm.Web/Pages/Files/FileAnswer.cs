using AutomationCrm.Application.Files;
using AutomationCrm.Web.Hosting.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Files;

/// <summary>Files leave as attachments and in a sandbox, whatever they are (attack list A9).</summary>
internal static class FileAnswer
{
    public static FileContentResult Attachment(this PageModel page, FileContent file)
    {
        SecurityHeaders.Sandbox(page.HttpContext);
        page.Response.Headers.CacheControl = "private, no-store";
        return page.File(file.Content, file.File.MediaType, file.File.Name);
    }
}

using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Turns the refusals of use cases into what a page answers.</summary>
internal static class PageErrors
{
    /// <summary>Null when it worked or when the form says what was wrong (then ModelState is invalid); else the answer 403 or 404.</summary>
    public static async Task<IActionResult?> TryAsync(this PageModel page, Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (ValidationException refused)
        {
            foreach (var error in refused.Errors) page.ModelState.AddModelError(Field(error.PropertyName), page.HttpContext.RequestServices.GetRequiredService<Refusals>().Say(error));
        }
        catch (RuleBrokenException refused) when (refused.Code == CurrentSession.ProofCode)
        {
            return new RedirectResult("/account/proof?returnUrl=" + Uri.EscapeDataString(page.Request.Path));
        }
        catch (RuleBrokenException refused)
        {
            var text = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()[$"people.rule.{refused.Code}"];
            page.ModelState.AddModelError(refused.Field ?? "", text.ResourceNotFound ? page.HttpContext.RequestServices.GetRequiredService<Refusals>().Say(refused) : text.Value);
        }
        catch (AccessDeniedException)
        {
            return new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
        catch (NotFoundException)
        {
            return new NotFoundResult();
        }

        return null;
    }

    private static string Field(string property) => property[(property.LastIndexOf('.') + 1)..];
}

using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Hosting.Errors;

/// <summary>Says a refusal of a use case in the language of the door: a problem document for scripts, a message on the page for forms, an error page for reads.</summary>
internal sealed class UseCaseErrorFilter(IStringLocalizer<Texts> texts, Refusals refusals, ITempDataDictionaryFactory tempData) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (Describe(context.Exception) is not { } problem) return;

        context.ExceptionHandled = true;
        var request = context.HttpContext.Request;
        if (request.WantsJson() || request.WantsFragment())
        {
            context.Result = new ObjectResult(problem) { StatusCode = problem.Status, ContentTypes = { "application/problem+json" } };
        }
        else if (HttpMethods.IsPost(request.Method) && problem.Status != StatusCodes.Status404NotFound)
        {
            Flash.Set(tempData.GetTempData(context.HttpContext), new Flash(problem.Detail!, "danger"));
            context.Result = new RedirectResult(Back(request));
        }
        else
        {
            context.Result = new StatusCodeResult(problem.Status!.Value);
        }
    }

    private ProblemDetails? Describe(Exception failure) => failure switch
    {
        NotFoundException => Problem(StatusCodes.Status404NotFound, "error.not_found", texts["error.not_found"]),
        AccessDeniedException denied => Problem(StatusCodes.Status403Forbidden, "error.denied", refusals.Say(denied)),
        ConflictException conflict => Problem(StatusCodes.Status409Conflict, "error.conflict", refusals.Say(conflict), ("fields", conflict.Fields)),
        RuleBrokenException rule => Problem(StatusCodes.Status400BadRequest, "error.refused", refusals.Say(rule), ("code", rule.Code), ("field", rule.Field ?? ""), ("fields", rule.Fields)),
        ValidationException invalid => Problem(StatusCodes.Status400BadRequest, "error.refused", refusals.Say(invalid), ("errors", invalid.Errors.Select(e => new { field = e.PropertyName, message = refusals.Say(e), code = e.ErrorCode }))),
        _ => null,
    };

    private ProblemDetails Problem(int status, string title, string detail, params (string Name, object Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Title = texts[title], Detail = detail };
        foreach (var (name, value) in more) problem.Extensions[name] = value;
        return problem;
    }

    /// <summary>The page the form stands on: its own address without the handler, or the local page it was sent from.</summary>
    private static string Back(HttpRequest request)
    {
        if (Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority == request.Host.Value) return LocalReturn.Of(referer.PathAndQuery);
        return request.PathBase + request.Path;
    }
}

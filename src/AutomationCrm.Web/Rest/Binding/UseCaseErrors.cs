using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Rest.Protocol.Methods;
using FluentValidation;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>What use cases throw, in the words of the protocol.</summary>
internal sealed class UseCaseErrors : IRestErrorMapper
{
    private const string Required = "field.required";
    private const string StageRequired = "stage.required";

    public RestError? Map(Exception exception, RestMethod method) => exception switch
    {
        NotFoundException missing => RestErrors.NotFound(method, $"{missing.What} not found"),
        AccessDeniedException => RestErrors.Denied(method),
        ConflictException conflict => new(409, method.Style == RestStyle.Classic ? "" : "CONFLICT", conflict.Message, conflict.Fields is [var field, ..] ? field : null),
        RuleBrokenException rule => Rule(rule, method),
        ValidationException invalid => Validation(invalid, method),
        _ => null,
    };

    private static RestError Rule(RuleBrokenException rule, RestMethod method) => method.Style switch
    {
        RestStyle.Classic => new(400, "", rule.Message, rule.Field),
        RestStyle.Controller when rule.Code is Required or StageRequired => new(400, "CRM_FIELD_ERROR_REQUIRED", rule.Message, rule.Field),
        RestStyle.Controller when rule.Code.StartsWith("field.", StringComparison.Ordinal) => RestErrors.InvalidValue(method, rule.Field ?? "", rule.Message),
        RestStyle.Controller => new(400, RestErrors.InvalidArgument, rule.Message, rule.Field),
        _ => new(400, rule.Code, rule.Message, rule.Field),
    };

    private static RestError Validation(ValidationException invalid, RestMethod method)
    {
        var code = method.Style == RestStyle.Classic ? "" : RestErrors.InvalidArgument;
        if (invalid.Errors.FirstOrDefault() is not { } first) return new(400, code, invalid.Message);
        if (!PropertyNames.IsOfRule(first)) return new(400, code, first.ErrorMessage, first.PropertyName);

        var name = WireNames.Of(first.PropertyName, method);
        return new(400, code, PropertyNames.Reword(first, $"'{name}'"), name);
    }
}

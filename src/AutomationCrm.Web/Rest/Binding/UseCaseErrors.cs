using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Rest.Protocol.Methods;
using FluentValidation;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>What use cases throw, in the words of the protocol.</summary>
internal sealed class UseCaseErrors : IRestErrorMapper
{
    private const string Required = "field.required";

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
        RestStyle.Controller when rule.Code == Required => new(400, "CRM_FIELD_ERROR_REQUIRED", rule.Message, rule.Field),
        RestStyle.Controller when rule.Code.StartsWith("field.", StringComparison.Ordinal) => RestErrors.InvalidValue(method, rule.Field ?? "", rule.Message),
        RestStyle.Controller => new(400, RestErrors.InvalidArgument, rule.Message, rule.Field),
        _ => new(400, rule.Code, rule.Message, rule.Field),
    };

    private static RestError Validation(ValidationException invalid, RestMethod method)
    {
        var first = invalid.Errors.FirstOrDefault();
        return new RestError(400, method.Style == RestStyle.Classic ? "" : RestErrors.InvalidArgument, first?.ErrorMessage ?? invalid.Message, first?.PropertyName);
    }
}

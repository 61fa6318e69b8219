using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>Raises a happening with one fact, as the command of a colleague would.</summary>
internal sealed record Raise(ItemRef Item, string Code, string Fact, string Text) : ICommand<bool>
{
    public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => ApplicationServices.AddHandlers(services, typeof(Raise).Assembly);
}

internal sealed class RaiseHandler(IUnitOfWork work, IAccess access) : IRequestHandler<Raise, bool>
{
    public async Task<bool> Handle(Raise request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        work.Raise(Happening.Of(item.Ref, request.Code, (request.Fact, Value.Of(request.Text))));
        return true;
    }
}

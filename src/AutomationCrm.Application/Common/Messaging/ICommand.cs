namespace AutomationCrm.Application.Common.Messaging;

/// <summary>A request that changes items and what belongs to them; it is written as one whole by the unit of work.</summary>
public interface ICommand<out TResponse> : IRequest<TResponse>, ICommand;

/// <summary>Marks commands for the pipeline.</summary>
public interface ICommand;

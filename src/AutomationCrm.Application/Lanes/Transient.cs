using System.Data.Common;

namespace AutomationCrm.Application.Lanes;

/// <summary>Failures that have nothing to do with the work itself: the connection is gone, the database restarts, a deadlock.</summary>
public static class Transient
{
    public static bool Is(Exception failure) => failure switch
    {
        DbException { IsTransient: true } => true,
        TimeoutException or IOException => true,
        Data.StaleItemException => true,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}

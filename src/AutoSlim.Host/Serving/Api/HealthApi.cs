using System.Data.Common;
using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Host.Serving.Api;

/// <summary>Whether the host can do its work, for whoever restarts it when it cannot; tells nothing else, for anyone may ask.</summary>
internal static class HealthApi
{
    public static IResult Check(FleetDatabase database, ILogger<FleetDatabase> logger)
    {
        try
        {
            database.Query<long>("select count(*) from devices");
            return Results.Text("healthy");
        }
        catch (DbException error)
        {
            logger.LogError(error, "the database cannot be read");
            return Results.Text("the database cannot be read", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

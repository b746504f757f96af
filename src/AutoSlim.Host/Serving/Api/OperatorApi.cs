using AutoSlim.Host.Serving.Access;

namespace AutoSlim.Host.Serving.Api;

/// <summary>The operator's own token.</summary>
internal static class OperatorApi
{
    public static void Map(IEndpointRouteBuilder operators) =>
        operators.MapPost("/operator/renewal", RenewAsync).WithSummary("Makes a new operator's token; the one before, and browsers that it signed in, are out at once.");

    private static async Task<IResult> RenewAsync(CredentialStore credentials, StateFiles files)
    {
        var token = await credentials.RenewOperatorAsync();
        files.KeepOperatorToken(token);
        return Results.Ok(new OperatorToken(token));
    }
}

namespace AutoSlim.Host.Serving.Api;

/// <summary>Answers of the API to what it does not do: problem details (RFC 9457) whose detail is for people.</summary>
internal static class Refusal
{
    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    public static IResult Forbidden(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status403Forbidden);

    /// <summary>A caller's mistake; every one of them.</summary>
    public static IResult Wrong(IReadOnlyList<string> problems) => Results.Problem(string.Join("; ", problems), statusCode: StatusCodes.Status400BadRequest);

    /// <summary>The state of something does not allow it.</summary>
    public static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict);

    /// <summary>A device could not do what was asked of it.</summary>
    public static IResult DeviceFailed(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status502BadGateway);
}

namespace Fiko.WebApi.Sandbox;

/// <summary>A wish of the person at the sandbox that cannot be granted; answered as a problem.</summary>
internal sealed class SandboxRefusal(int status, string detail) : Exception(detail)
{
    public int Status => status;

    /// <summary>An endpoint filter: the one place where refusals become problems.</summary>
    public static async ValueTask<object?> AsProblem(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (SandboxRefusal refusal)
        {
            return TypedResults.Problem(refusal.Message, statusCode: refusal.Status);
        }
    }
}

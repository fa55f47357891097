namespace Fiko.WebApi.Hosting;

/// <summary>What somebody showed to register a webhook's address, taken out of the query before anything could log it.</summary>
internal sealed record VerifyTokenFeature(string Token)
{
    // A record prints its members.
    public override string ToString() => nameof(VerifyTokenFeature);
}

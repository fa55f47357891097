namespace Fiko.WebApi.Hosting;

/// <summary>The signature of a file's link, taken out of the URL before anything could log it.</summary>
internal sealed record SignatureFeature(string Signature)
{
    // A record prints its members.
    public override string ToString() => nameof(SignatureFeature);
}

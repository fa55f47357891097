namespace Fiko.Infrastructure.Auth;

/// <summary>The token that a socket's URL carried, taken out of the URL so that nothing can log it (protocol.md, section 1, logs).</summary>
public sealed record SocketTokenFeature(string Token)
{
    // A record prints all its members; this one must not.
    public override string ToString() => nameof(SocketTokenFeature);
}

namespace Fiko.Application.Attachments;

/// <summary>Links that open one file, to whoever has them, for ten minutes (rest.md, attachments): so an image element works, and a platform can fetch what it is sent.</summary>
public interface IFileLinks
{
    /// <summary>A path on this server, with its signature.</summary>
    string PathOf(long attachmentId);

    /// <summary>The same, and when it ends.</summary>
    FileLink LinkTo(long attachmentId);

    /// <summary>The same under the server's public address.</summary>
    Uri PublicOf(long attachmentId);

    /// <summary>Whether a signature opens this file, and still does.</summary>
    bool Opens(long attachmentId, string? signature);
}

/// <summary>A path with a signature.</summary>
public sealed record FileLink(string Url, DateTimeOffset ExpiresAt)
{
    // A record prints its members, and this one is a key.
    public override string ToString() => nameof(FileLink);
}

namespace Fiko.WebApi.Hosting;

/// <summary>A Bot API path (`/bot{token}/{method}`, `/file/bot{token}/{path}`) split into the token and a path without it.</summary>
internal readonly record struct BotPath(string Token, string Internal)
{
    public const string Methods = "/sandbox/telegram/api";
    public const string Files = "/sandbox/telegram/file";

    private const string MethodPrefix = "/bot";
    private const string FilePrefix = "/file/bot";

    public static BotPath? Parse(string path) => Parse(path, MethodPrefix, Methods) ?? Parse(path, FilePrefix, Files);

    private static BotPath? Parse(string path, string prefix, string internalPrefix)
    {
        if (!path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = path.IndexOf('/', prefix.Length);
        var token = end < 0 ? path[prefix.Length..] : path[prefix.Length..end];
        var rest = end < 0 ? "" : path[end..];

        // Anything that may be a token counts, malformed ones too: a mistyped secret is still most of a secret.
        return token is [>= '0' and <= '9', ..] || token.Contains(':', StringComparison.Ordinal)
            ? new BotPath(token, internalPrefix + rest)
            : null;
    }
}

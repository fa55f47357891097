namespace Fiko.WebApi.Hosting;

/// <summary>The bot token of a request to the Bot API paths, taken out of the path before anything could log it.</summary>
internal sealed record BotTokenFeature(string Token)
{
    // A record prints its members.
    public override string ToString() => nameof(BotTokenFeature);
}

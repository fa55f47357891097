using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>The words of a rich message, whose blocks and texts lie in each other in ways that grow with each version.</summary>
internal static class TelegramRichText
{
    private const int MostPieces = 1000;

    private static readonly string[] Holders = ["text", "blocks", "items", "rows", "cells", "caption", "content"];

    public static IEnumerable<string> WordsOf(JsonElement rich) => Pieces(rich).Where(words => !string.IsNullOrWhiteSpace(words)).Take(MostPieces);

    private static IEnumerable<string> Pieces(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => [part.GetString()!],
        JsonValueKind.Array => part.EnumerateArray().SelectMany(Pieces),
        JsonValueKind.Object => Holders.Where(name => part.Has(name)).SelectMany(name => Pieces(part.GetProperty(name))),
        _ => [],
    };
}

using System.Reflection;
using System.Text.Json;
using Fiko.Application.Realtime;
using Fiko.WebApi.Sockets;

namespace Fiko.WebApi.Contract;

/// <summary>Every frame there is: what the server sends, by its types, and what it takes, by its routes.</summary>
internal static class FrameDirectory
{
    public static IReadOnlyList<SentFrame> Sent { get; } =
    [
        .. typeof(ServerFrame).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ServerFrame)) && !t.IsAbstract)
            .Select(t => new SentFrame(NameOf(t), t, t.GetCustomAttribute<SentToAttribute>()?.Where ?? default))
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<TakenFrame> Taken { get; } =
    [
        .. Protocol.Inbox.All.Select(r => new TakenFrame(r.Key, r.Value.Body, r.Value.Answer, TopicKind.Inbox)),
        .. Protocol.Chat.All.Select(r => new TakenFrame(r.Key, r.Value.Body, r.Value.Answer, TopicKind.Chat)),
    ];

    /// <summary>A frame is called as it is on the wire; the architecture's tests hold it to that.</summary>
    public static string NameOf(Type frame) => JsonNamingPolicy.SnakeCaseLower.ConvertName(frame.Name[..^"Frame".Length]);
}

/// <param name="Where">The kinds of sockets that hear it.</param>
internal sealed record SentFrame(string Name, Type Type, TopicKind Where);

/// <param name="Body">Its fields; null where it has none.</param>
/// <param name="Answer">The frame that its sender gets, where there is one in particular.</param>
/// <param name="Where">The kind of socket that takes it.</param>
internal sealed record TakenFrame(string Name, Type? Body, Type Answer, TopicKind Where);

using System.Text.Json.Serialization;
using AutoMapper;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;

namespace Fiko.Application.Channels;

/// <summary>A channel as its administrators see it (rest.md, Channels). Never a token.</summary>
public sealed record ChannelView : IVersioned
{
    public long Id { get; init; }

    public string Source { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Username { get; init; }

    [NamesOf(typeof(ChannelStatus))]
    public string Status { get; init; } = "";

    public string? LastError { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Null where nothing is called: the channel is polled, or it is an integrator's own.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Rises when an administrator or its health changes it; not with what it receives.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>Only in the answer that opened an API channel, or gave it a new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    // A record prints all its members, and one of these may be a key.
    public override string ToString() => $"channel {Id}";
}

internal sealed class ChannelMaps : Profile
{
    public ChannelMaps() =>
        CreateMap<ChannelAccount, ChannelView>()
            .ForMember(v => v.Status, to => to.MapFrom(c => WireName.Of(c.Status)))
            .ForMember(v => v.WebhookUrl, to => to.Ignore())
            .ForMember(v => v.Key, to => to.Ignore());
}

internal static class ChannelViews
{
    // The address depends on the server's settings, not on the row, so that no profile can know it.
    public static ChannelView View(this IMapper maps, ChannelAccount channel, PublicUrlOptions address) =>
        maps.Map<ChannelView>(channel) with
        {
            WebhookUrl = channel switch
            {
                { Source: ChannelName.Telegram, Polls: false } => address.WebhookOf(channel.Source, channel.Id).ToString(),
                { Source: ChannelName.Instagram } => address.WebhookOf(channel.Source).ToString(),
                _ => null,
            },
        };
}

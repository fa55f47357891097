using System.Collections.Concurrent;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>Whose turn it is to send: knows which account a conversation is on, and keeps the time that its pace gave.</summary>
internal sealed class Turns(IServiceScopeFactory scopes, ChannelBook channels, TimeProvider time)
{
    private const int Remembered = 20_000;

    private readonly Pace _pace = new(time);
    private readonly ConcurrentDictionary<long, (long ChannelId, SendLimits? Limits)> _accounts = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _given = new();

    /// <summary>Null where the conversation may send now; else when to come back.</summary>
    public async Task<DateTimeOffset?> TakeAsync(long conversation)
    {
        var (channelId, limits) = await AccountOfAsync(conversation);
        if (limits is null)
        {
            return null;
        }

        var turn = _given.GetOrAdd(conversation, _ => _pace.Reserve(channelId, conversation, limits));
        if (turn > time.GetUtcNow())
        {
            return turn;
        }

        _given.TryRemove(conversation, out _);
        return null;
    }

    /// <summary>The turn was not used, because there was nothing to send: the next send has it.</summary>
    public void Keep(long conversation)
    {
        if (_given.Count >= Remembered)
        {
            _given.Clear();
        }

        _given[conversation] = DateTimeOffset.MinValue;
    }

    /// <summary>The platform said how long to wait.</summary>
    public void Slow(long channelId, long conversation, TimeSpan wait) => _pace.Slow(channelId, conversation, wait);

    // A conversation never changes its channel.
    private async Task<(long ChannelId, SendLimits? Limits)> AccountOfAsync(long conversation)
    {
        if (_accounts.TryGetValue(conversation, out var known))
        {
            return known;
        }

        if (_accounts.Count >= Remembered)
        {
            _accounts.Clear();
        }

        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Conversations
            .Where(c => c.Id == conversation)
            .Select(c => new { c.ChannelId, c.Source })
            .SingleAsync();
        return _accounts[conversation] = (found.ChannelId, channels.Find(found.Source)?.Limits);
    }
}

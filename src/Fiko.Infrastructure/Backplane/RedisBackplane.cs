using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Fiko.Infrastructure.Backplane;

/// <summary>
/// Words between instances by Redis's publish and subscribe: one channel a workspace, heard by instances with sockets of it,
/// and one that all hear. Nothing is kept in Redis, so one that comes back empty has lost nothing.
/// </summary>
internal sealed class RedisBackplane : BackgroundService, IBackplane
{
    /// <summary>How long an instance may be silent before what it said of its users ends.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly RedisChannel All = RedisChannel.Literal("fiko:all");

    private readonly TimeProvider _time;
    private readonly ILogger<RedisBackplane> _log;
    private readonly Task<IConnectionMultiplexer> _redis;
    private readonly ConcurrentDictionary<Guid, long> _peers = new();
    private long _heardMyself;
    private long _heardSince;
    private bool _isHeard;
    private int _broken;

    public RedisBackplane(IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisBackplane> log)
    {
        (_time, _log) = (time, log);
        _heardSince = time.GetTimestamp();
        _redis = ConnectAsync(options.Value.ConnectionString);
    }

    public Guid Instance { get; } = Guid.NewGuid();

    public bool IsHeard => Volatile.Read(ref _isHeard);

    // While it is not known who is there, somebody may be.
    public bool HasPeers => !_peers.IsEmpty || !IsHeard || _time.GetElapsedTime(Volatile.Read(ref _heardSince)) < Deaf;

    public Action<Guid, BackplaneWord>? Heard { get; set; }

    public Action<Guid>? Lost { get; set; }

    public Action? HeardAgain { get; set; }

    public async Task<IDisposable> FollowAsync(long workspaceId)
    {
        var subscriber = (await _redis).GetSubscriber();
        return new Following(await SubscribeAsync(subscriber, ChannelOf(workspaceId)));
    }

    public void Say(BackplaneWord word)
    {
        if (!_redis.IsCompletedSuccessfully || !_redis.Result.IsConnected)
        {
            return;
        }

        var channel = word.Workspace is { } workspace ? ChannelOf(workspace) : All;
        try
        {
            _redis.Result.GetSubscriber().Publish(channel, WordCodec.Write(Instance, word), CommandFlags.FireAndForget);
        }
        catch (ObjectDisposedException)
        {
            // Between the look and the word this server has ended. Who hears it no more loses a word, and its lease ends.
        }
    }

    public override void Dispose()
    {
        if (_redis.IsCompletedSuccessfully)
        {
            _redis.Result.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var redis = await _redis.WaitAsync(stoppingToken);
        redis.ConnectionFailed += (_, _) => Interlocked.Exchange(ref _broken, 1);
        var subscriber = redis.GetSubscriber();
        await SubscribeAsync(subscriber, All);
        await _time.LookEveryAsync(BeatEvery, BeatAsync, _log.BackplaneStumbled, stoppingToken);
    }

    private static RedisChannel ChannelOf(long workspaceId) => RedisChannel.Literal($"fiko:workspace:{workspaceId}");

    private static async Task<IConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ClientName = "Fiko";

        // A server that starts while Redis is away starts all the same, and nothing piles up for the time when it is back.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 2000;
        options.KeepAlive = 5;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private Task BeatAsync(CancellationToken ct)
    {
        Say(new Beat());
        if (Interlocked.Exchange(ref _broken, 0) == 1)
        {
            // It may be back already. Something was lost all the same.
            NoteHearing(false);
            Volatile.Write(ref _heardMyself, 0);
            return Task.CompletedTask;
        }

        var heard = Volatile.Read(ref _heardMyself);
        NoteHearing(heard != 0 && _time.GetElapsedTime(heard) < Deaf && _redis.Result.IsConnected);
        if (IsHeard && _time.GetElapsedTime(_heardSince) >= Lease)
        {
            foreach (var (peer, at) in _peers)
            {
                if (_time.GetElapsedTime(at) >= Lease && _peers.TryRemove(peer, out _))
                {
                    _log.PeerLost(peer);
                    Lost?.Invoke(peer);
                }
            }
        }

        return Task.CompletedTask;
    }

    private void NoteHearing(bool isHeard)
    {
        if (isHeard == _isHeard)
        {
            return;
        }

        Volatile.Write(ref _isHeard, isHeard);
        if (isHeard)
        {
            // Leases begin anew: whoever was silent may only not have been heard.
            Volatile.Write(ref _heardSince, _time.GetTimestamp());
            _log.BackplaneHeard();
            HeardAgain?.Invoke();
        }
        else
        {
            _log.BackplaneDeaf();
        }
    }

    // What is asked for while Redis is away stays asked for: the library subscribes again with each new connection.
    private async Task<ChannelMessageQueue> SubscribeAsync(ISubscriber subscriber, RedisChannel channel)
    {
        var queue = subscriber.Subscribe(channel, CommandFlags.FireAndForget);
        queue.OnMessage(Hear);
        try
        {
            // On the same connection, so that its answer comes after the subscription.
            await subscriber.PingAsync().WaitAsync(Patience, _time);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            _log.NotSubscribed(away);
        }

        return queue;
    }

    private void Hear(ChannelMessage message)
    {
        if (!WordCodec.TryRead((byte[]?)message.Message, out var sender, out var word))
        {
            return;
        }

        if (sender == Instance)
        {
            if (word is Beat)
            {
                Volatile.Write(ref _heardMyself, _time.GetTimestamp());
            }

            return;
        }

        if (!_peers.ContainsKey(sender))
        {
            // It has just come, and is to know at once that it is not alone.
            Say(new Beat());
        }

        _peers[sender] = _time.GetTimestamp();
        try
        {
            Heard?.Invoke(sender, word);
        }
        catch (Exception unforeseen)
        {
            _log.BackplaneStumbled(unforeseen);
        }
    }

    private sealed class Following(ChannelMessageQueue queue) : IDisposable
    {
        public void Dispose() => queue.Unsubscribe(CommandFlags.FireAndForget);
    }
}

using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>
/// Gives out times at which sends may begin, so that a platform's limits per chat and per account are kept instead of being met as
/// errors. A time that was given is the asker's: however many wait, each waits once.
/// </summary>
internal sealed class Pace(TimeProvider time)
{
    private const int Remembered = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, DateTimeOffset> _chats = [];
    private readonly Dictionary<long, Account> _accounts = [];

    /// <param name="channelId">Whose account sends.</param>
    /// <param name="conversationId">To which chat.</param>
    /// <param name="limits">What its platform asks for.</param>
    /// <returns>When the send may begin; not later than now where it may at once.</returns>
    public DateTimeOffset Reserve(long channelId, long conversationId, SendLimits limits)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var account = AccountOf(channelId);
            var chat = _chats.GetValueOrDefault(conversationId);
            var slot = Latest(now, account.PausedUntil, Earliest(chat, limits.PerChat), Earliest(account.Free, limits.PerAccount));
            _chats[conversationId] = Latest(slot, chat) + limits.PerChat.Every;
            account.Free = Latest(slot, account.Free) + limits.PerAccount.Every;
            return slot;
        }
    }

    /// <summary>
    /// The platform said how long to wait. It does not say whether it means the chat or the account: a second chat that hears it
    /// within that time means the account.
    /// </summary>
    public void Slow(long channelId, long conversationId, TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var account = AccountOf(channelId);
            if (account.SlowedUntil > now && account.SlowedChat != conversationId)
            {
                account.PausedUntil = Latest(account.PausedUntil, now + wait);
            }

            (account.SlowedChat, account.SlowedUntil) = (conversationId, Latest(account.SlowedUntil, now + wait));
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset free, SendRate rate) =>
        free == default ? default : free - ((rate.Burst - 1) * rate.Every);

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var one in times)
        {
            latest = one > latest ? one : latest;
        }

        return latest;
    }

    private Account AccountOf(long channelId)
    {
        if (!_accounts.TryGetValue(channelId, out var account))
        {
            _accounts[channelId] = account = new Account();
        }

        return account;
    }

    // A chat whose time has passed has its whole burst again: forgetting it changes nothing.
    private void Forget(DateTimeOffset now)
    {
        if (_chats.Count >= Remembered)
        {
            foreach (var (chat, _) in _chats.Where(c => c.Value <= now).ToArray())
            {
                _chats.Remove(chat);
            }
        }
    }

    private sealed class Account
    {
        public DateTimeOffset Free { get; set; }

        public DateTimeOffset PausedUntil { get; set; }

        public DateTimeOffset SlowedUntil { get; set; }

        public long SlowedChat { get; set; }
    }
}

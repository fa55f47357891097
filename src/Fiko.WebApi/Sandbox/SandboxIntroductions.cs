using System.Globalization;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.WebApi.Sandbox.Instagram;
using Fiko.WebApi.Sandbox.Telegram;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox;

/// <summary>
/// The sandbox's memory ends with the server, the customers who wrote through it do not: at each start they are introduced
/// again, so that they can be answered.
/// </summary>
internal sealed class SandboxIntroductions(
    IServiceScopeFactory scopes, TelegramSandbox telegram, InstagramSandbox instagram, IOptions<SandboxOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await IntroduceToBotsAsync(db, ct);
        await IntroduceToAccountsAsync(db, ct);
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private async Task IntroduceToBotsAsync(IFikoDb db, CancellationToken ct)
    {
        var known = await (
            from address in db.ChannelAddresses
            join channel in db.Channels on address.ChannelId equals channel.Id
            where channel.Source == ChannelName.Telegram && channel.ExternalId != null
            orderby address.Id descending
            select new { Bot = channel.ExternalId, address.Address, address.Customer }).Take(options.Value.ChatsPerBot).ToListAsync(ct);

        // The oldest first: each introduction counts as a use, and what was used longest ago gives way.
        foreach (var one in known.AsEnumerable().Reverse())
        {
            if (long.TryParse(one.Bot, NumberStyles.None, CultureInfo.InvariantCulture, out var bot)
                && long.TryParse(one.Address, NumberStyles.None, CultureInfo.InvariantCulture, out var customer))
            {
                telegram.Introduce(bot, new SandboxPerson(customer, one.Customer.FirstName, one.Customer.LastName, one.Customer.Username));
            }
        }
    }

    private async Task IntroduceToAccountsAsync(IFikoDb db, CancellationToken ct)
    {
        var accounts = await db.Channels
            .Where(c => c.Source == ChannelName.Instagram && c.ExternalId != null)
            .OrderBy(c => c.Id).Select(c => c.ExternalId!).Take(options.Value.Bots).ToListAsync(ct);
        foreach (var account in accounts)
        {
            instagram.Subscribe(instagram.Account(account), InstagramSandbox.AllFields);
        }

        // Whether they can still be answered depends on when they last wrote.
        var known = await (
            from address in db.ChannelAddresses
            join channel in db.Channels on address.ChannelId equals channel.Id
            where channel.Source == ChannelName.Instagram && accounts.Contains(channel.ExternalId!)
            orderby address.Id descending
            select new
            {
                Account = channel.ExternalId!,
                address.Address,
                address.Customer,
                LastWord = db.Conversations
                    .Where(c => c.ChannelId == channel.Id && c.CustomerId == address.CustomerId)
                    .OrderByDescending(c => c.Id).Select(c => (DateTimeOffset?)(c.CustomerWroteAt ?? c.UpdatedAt)).FirstOrDefault(),
            }).Take(options.Value.ChatsPerBot).ToListAsync(ct);
        foreach (var one in known.AsEnumerable().Reverse())
        {
            if (one.LastWord is { } lastWord)
            {
                instagram.Account(one.Account).Open(one.Address).Introduce(
                    new InstagramPerson(one.Address, one.Customer.FirstName, one.Customer.LastName, one.Customer.Username), lastWord);
            }
        }
    }
}

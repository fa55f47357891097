using System.Globalization;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Tags;
using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Benchmarks;

/// <summary>Fills the demo workspace of a SQLite file with customers who have a conversation, an address, a tag and attributes.</summary>
internal static class CustomerCrowd
{
    private const int RowsASave = 1000;

    public static async Task GatherAsync(string databaseFile, int count)
    {
        await using var store = new Store(new TestDatabase(DatabaseOptions.Sqlite, $"Data Source={databaseFile}", new FileInfo(databaseFile).Directory!, () => ValueTask.CompletedTask), recorded: false);
        var (workspace, tag) = await store.CommitAsync(async db =>
        {
            var first = await db.Workspaces.OrderBy(w => w.Id).Select(w => w.Id).FirstAsync();
            var vip = new Tag(first, "crowd", colour: null, TimeProvider.System.Now());
            db.Add(vip);
            await db.SaveChangesAsync();
            return (first, vip.Id);
        });
        foreach (var numbers in Enumerable.Range(0, count).Chunk(RowsASave))
        {
            await store.CommitAsync(async db =>
            {
                var channel = await db.Channels.FirstAsync(c => c.WorkspaceId == workspace && c.Source == ChannelName.Telegram);
                Array.ForEach(numbers, n => Add(db, channel, tag, n));
                await db.SaveChangesAsync();
            });
        }
    }

    private static void Add(DbContext db, ChannelAccount channel, long tag, int n)
    {
        var at = DateTimeOffset.UnixEpoch.AddYears(55).AddMinutes(n);
        var chat = string.Create(CultureInfo.InvariantCulture, $"{3_000_000_000 + n}");
        var customer = new Customer(channel.WorkspaceId, channel.Source, new CustomerProfile($"نگار {n}", $"احمدی {n % 977}", $"negar{n}"), at);
        customer.Edit(
            customer.Details with
            {
                Email = $"negar{n}@example.com",
                PhoneNumber = n % 2 == 0 ? $"+98912{n:0000000}" : null,
                Attributes = CustomerAttributes.Patch(CustomerAttributes.None, System.Text.Json.JsonSerializer.SerializeToElement(new { plan = n % 3, city = "تهران" })
                    .EnumerateObject().ToDictionary(p => p.Name, p => p.Value)),
            },
            named: false);
        if (n % 4 == 0)
        {
            customer.Retag([tag]);
        }

        var conversation = new Conversation(channel, customer, chat, at);
        db.Add(new ChannelAddress(channel.WorkspaceId, channel.Id, chat, customer));
        db.Add(conversation);
        db.Add(conversation.Receive(new IncomingMessage(Message.Text, "سلام", $"crowd-{n}") { Scope = chat }, at, quietly: n % 10 != 0));
    }
}

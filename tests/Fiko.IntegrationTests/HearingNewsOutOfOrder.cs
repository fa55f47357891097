using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

/// <summary>No platform promises an order: whatever comes first, the end is the same.</summary>
public abstract class HearingNewsOutOfOrder(IDatabases databases) : PersistenceContract(databases)
{
    private const string Message = """{"update_id": 1, "message": {"message_id": 5, "chat": {"id": 66, "type": "private"}, "from": {"id": 66, "first_name": "Negar"}, "date": 100, "text": "first"}}""";
    private const string Edit = """{"update_id": 2, "edited_message": {"message_id": 5, "chat": {"id": 66, "type": "private"}, "from": {"id": 66, "first_name": "Negar"}, "date": 100, "edit_date": 110, "text": "second"}}""";
    private const string LaterEdit = """{"update_id": 3, "edited_message": {"message_id": 5, "chat": {"id": 66, "type": "private"}, "from": {"id": 66, "first_name": "Negar"}, "date": 100, "edit_date": 120, "text": "third"}}""";
    private const string Reaction = """{"update_id": 4, "message_reaction": {"chat": {"id": 66, "type": "private"}, "user": {"id": 66}, "message_id": 5, "date": 130, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}}""";

    public static TheoryData<string> Orders => ["0123", "3210", "2031", "1302"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task The_end_is_the_same(string order)
    {
        string[] updates = [Message, Edit, LaterEdit, Reaction];

        foreach (var number in order)
        {
            await HearAsync(updates[number - '0']);
        }

        var message = await Store.ReadAsync(db => db.Messages.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(("third", "👍"), (message.Content, message.CustomerReaction));
        Assert.Equal(0, await CountAsync(db => db.InboundUpdates.Where(u => u.Status == InboundStatus.Waiting || u.Status == InboundStatus.Pending)));
    }

    [Fact]
    public async Task What_never_comes_is_waited_for_with_the_reason()
    {
        await HearAsync(Edit);

        var update = await Store.ReadAsync(db => db.InboundUpdates.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((InboundStatus.Waiting, "Edit of a message that has not come"), (update.Status, update.Reason));
        Assert.Equal(0, await CountAsync(db => db.Messages));
    }

    [Fact]
    public async Task Two_that_missed_each_other_in_their_transactions_are_brought_together()
    {
        await HearAsync(Message);
        await HearAsync(Edit);
        await Store.CommitAsync(async db =>
        {
            // As if the edit had not seen the message, nor the message the edit.
            var edit = await db.InboundUpdates.SingleAsync(u => u.Key == "2", Ct);
            edit.WaitFor("message 66 5", "Edit of a message that has not come", DateTimeOffset.UnixEpoch);
            db.Entry(await db.Messages.SingleAsync(Ct)).Property(m => m.Content).CurrentValue = "first";
            await db.SaveChangesAsync(Ct);
        });

        await Store.SendAsync(new ReconsiderUpdates(DateTimeOffset.UnixEpoch));
        await ApplyAsync();

        Assert.Equal("second", await Store.ReadAsync(db => db.Messages.Select(m => m.Content).SingleAsync(Ct)));
    }

    private async Task HearAsync(string body)
    {
        await Store.SendAsync(new ReceiveUpdate(Workspace.Telegram, body));
        await ApplyAsync();
    }

    // What the worker does, with every lane until nothing is left.
    private async Task ApplyAsync()
    {
        while (await Store.ReadAsync(db => db.InboundUpdates.Where(u => u.Status == InboundStatus.Pending).OrderBy(u => u.Id).FirstOrDefaultAsync(Ct)) is { } next)
        {
            await Store.SendAsync(new ApplyUpdates(next.ChannelId, next.Lane, AtMost: 10));
        }
    }
}

public sealed class HearingNewsOutOfOrderOnSqlite(SqliteDatabases databases) : HearingNewsOutOfOrder(databases);

public sealed class HearingNewsOutOfOrderOnSqlServer(SqlServerDatabases databases) : HearingNewsOutOfOrder(databases);

using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

public abstract class HearingAnEcho(IDatabases databases) : PersistenceContract(databases)
{
    private long _conversation;
    private string _chat = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _conversation = (await Workspace.BeginAsync(1, Workspace.Telegram))[0];
        _chat = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == _conversation).Select(c => c.Chat).SingleAsync(Ct));
        await Store.CommitAsync(async db =>
        {
            // Those that platforms know by their chat: the echo names nothing else.
            var conversation = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == _conversation, Ct);
            if (!await db.ChannelAddresses.AnyAsync(a => a.ChannelId == Workspace.Telegram && a.Address == _chat, Ct))
            {
                db.ChannelAddresses.Add(new(Workspace.Id, Workspace.Telegram, _chat, conversation.Customer));
                await db.SaveChangesAsync(Ct);
            }
        });
    }

    [Fact]
    public async Task Of_what_was_sent_adds_nothing()
    {
        await Workspace.AnswerAsync(_conversation, "On its way");
        await Store.SendAsync(new SettleDelivery(await ClaimAsync(), new SendOutcome.Sent("m1"), Jitter: 0));

        Assert.Equal(NewsResult.Done, await EchoAsync("m1", "On its way"));
        Assert.Equal(2, await CountAsync(db => db.Messages));
    }

    [Fact]
    public async Task That_comes_before_the_answer_waits_for_it()
    {
        await Workspace.AnswerAsync(_conversation, "On its way");
        var part = await ClaimAsync();

        var waits = await EchoAsync("m1", "On its way");
        await Store.SendAsync(new SettleDelivery(part, new SendOutcome.Sent("m1"), Jitter: 0));

        Assert.Equal((InboundStatus.Waiting, $"send {_conversation}"), (waits.Status, waits.About));
        Assert.Equal(NewsResult.Done, await EchoAsync("m1", "On its way"));
        Assert.Equal(2, await CountAsync(db => db.Messages));
    }

    [Fact]
    public async Task Of_the_same_words_from_another_app_is_another_message()
    {
        await Workspace.AnswerAsync(_conversation, "On its way");
        await Store.SendAsync(new SettleDelivery(await ClaimAsync(), new SendOutcome.Sent("m1"), Jitter: 0));

        await EchoAsync("m2", "On its way");

        var echo = await Store.ReadAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.ExternalId == "m2", Ct));
        Assert.Equal((MessageAuthor.Support, MessageStatus.Sent, "an_app"), (echo.Author, echo.Status, echo.Via));
        Assert.Equal(3, await CountAsync(db => db.Messages));
    }

    [Fact]
    public async Task Settles_an_uncertain_send_of_the_same_words()
    {
        await Workspace.AnswerAsync(_conversation, "On its way\n");
        await Store.SendAsync(new SettleDelivery(await ClaimAsync(), new SendOutcome.Unknown("No answer"), Jitter: 0));

        await EchoAsync("m1", "On its way");

        var message = await Store.ReadAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Author == MessageAuthor.Support, Ct));
        Assert.Equal((MessageStatus.Sent, null), (message.Status, message.Error));
        Assert.Equal(1, await CountAsync(db => db.PlatformIds.Where(p => p.ExternalId == "m1" && p.MessageId == message.Id)));
    }

    [Fact]
    public async Task Of_other_words_leaves_an_uncertain_send_as_it_is()
    {
        await Workspace.AnswerAsync(_conversation, "On its way");
        await Store.SendAsync(new SettleDelivery(await ClaimAsync(), new SendOutcome.Unknown("No answer"), Jitter: 0));

        await EchoAsync("m1", "Something else");

        Assert.Equal(1, await CountAsync(db => db.Messages.Where(m => m.Status == MessageStatus.Uncertain)));
        Assert.Equal(1, await CountAsync(db => db.Messages.Where(m => m.Via == "an_app")));
    }

    private Task<NewsResult> EchoAsync(string id, string text) =>
        Store.SendAsync(new ReceiveEcho(Workspace.Telegram, new BusinessWrote(_chat, id, "text", text, text, "an_app")));

    private async Task<ClaimedPart> ClaimAsync() => (await Store.SendAsync(new ClaimDelivery(_conversation))).Part!;
}

public sealed class HearingAnEchoOnSqlite(SqliteDatabases databases) : HearingAnEcho(databases);

public sealed class HearingAnEchoOnSqlServer(SqlServerDatabases databases) : HearingAnEcho(databases);

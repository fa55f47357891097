using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

public abstract class KeepingWhatWasSaid(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task Times_come_back_to_the_millisecond()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var at = new DateTimeOffset(2026, 11, 23, 23, 59, 59, 987, TimeSpan.Zero);

        await Store.CommitAsync(async db =>
        {
            db.Add((await db.Conversations.SingleAsync(c => c.Id == id, Ct)).Receive(SeededWorkspace.Incoming(), at));
            await db.SaveChangesAsync(Ct);
        });

        var (kept, sorted) = await Store.ReadAsync(async db => (
            await db.Messages.Where(m => m.CreatedAt == at).Select(m => m.CreatedAt).SingleAsync(Ct),
            await db.Conversations.Where(c => c.UpdatedAt <= at && c.UpdatedAt > at.AddMilliseconds(-1)).Select(c => c.UpdatedAt).SingleAsync(Ct)));
        Assert.Equal((at, TimeSpan.Zero), (kept, kept.Offset));
        Assert.Equal(at, sorted);
    }

    [Theory]
    [InlineData("سلام، می‌خواهم سفارشم را پیگیری کنم؛ شمارهٔ ۱۲۳۴")]
    [InlineData("👩🏽‍💻 👨‍👩‍👧‍👦 🇮🇷 e\u0301 \u200F")]
    [InlineData("'; DROP TABLE messages; -- \"%_[\\")]
    [InlineData("line\r\nline\ttab ")]
    public async Task Texts_come_back_letter_by_letter(string text)
    {
        await Store.SendAsync(new ReceiveMessage(Workspace.Api, new CustomerWrote(text[..4], new CustomerProfile(text, text, text), "1", "text", text)));

        var chat = await Store.SendAsync(new OpenChat(Workspace.Caller, await Store.ReadAsync(async db => new ConversationId((await db.Conversations.SingleAsync(Ct)).Id))));
        var customer = await Store.ReadAsync(db => db.Customers.SingleAsync(Ct));
        Assert.Equal(text, Assert.Single(chat.Messages).Content);
        Assert.Equal((text, text, text), (customer.FirstName, customer.LastName, customer.Username));
    }

    [Fact]
    public async Task Tags_come_back_and_are_found_exactly()
    {
        var ids = await Workspace.BeginAsync(3);
        var patch = new ConversationPatch(default, default, default, Tags: new(["مهم", "a \"quoted\" tag"]), default);
        await Store.SendAsync(new PatchConversation(Workspace.Caller, new(ids[1]), patch));

        var found = await ListAsync("مهم");
        Assert.Equal(["مهم", "a \"quoted\" tag"], Assert.Single(found).Tags);
        Assert.Equal(found[0].Key, Assert.Single(await ListAsync("a \"quoted\" tag")).Key);
        Assert.Empty(await ListAsync("مه"));
        Assert.Empty(await ListAsync("a"));
    }

    [Fact]
    public async Task Secrets_are_in_no_column_in_clear()
    {
        const string token = "123456:AAtoken-of-a-bot";
        var secrets = Store.Services.GetRequiredService<ISecrets>();
        await Store.CommitAsync(async db =>
        {
            (await db.Channels.SingleAsync(c => c.Id == Workspace.Telegram, Ct)).Arm(secrets.Seal(token), secrets.Seal($"{token} secret"), polls: false);
            await db.SaveChangesAsync(Ct);
        });

        var kept = await Store.ReadAsync(db => db.Channels.AsNoTracking().SingleAsync(c => c.Id == Workspace.Telegram, Ct));
        Assert.Equal(token, secrets.Open(kept.SealedToken!));
        Assert.DoesNotContain(await AllTextsAsync(), text => text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_customers_messages_are_gone_with_the_conversation()
    {
        var id = (await Workspace.BeginAsync(1, Workspace.Telegram))[0];
        await Workspace.AnswerAsync(id, "one", "two");

        await Store.CommitAsync(db => db.Conversations.Where(c => c.Id == id).ExecuteDeleteAsync(Ct));

        Assert.Equal((0, 0), (await CountAsync(db => db.Messages), await CountAsync(db => db.Deliveries)));
    }

    [Fact]
    public async Task The_database_itself_keeps_a_note_from_being_sent()
    {
        var id = (await Workspace.BeginAsync(1, Workspace.Telegram))[0];
        var answer = await Workspace.AnswerAsync(id, "one");
        var note = (await Store.SendAsync(new AcceptNote(Workspace.Caller, new(id), "Hm", null, null))).Message.Value;

        await Assert.ThrowsAnyAsync<Exception>(() => Store.CommitAsync(db => db.Deliveries.Where(d => d.MessageId == answer).ExecuteUpdateAsync(d => d.SetProperty(x => x.MessageId, note), Ct)));
        await Assert.ThrowsAnyAsync<Exception>(() => Store.CommitAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO deliveries (MessageId, ConversationId, ChannelId, Chat, Part, Text, Status, Attempts, DueAt, CreatedAt, Version) SELECT {note}, ConversationId, ChannelId, Chat, 7, Text, Status, Attempts, DueAt, CreatedAt, Version FROM deliveries WHERE MessageId = {answer}",
            Ct)));

        Assert.Equal(0, await CountAsync(db => db.Deliveries.Where(d => d.MessageId == note)));
    }

    private async Task<IReadOnlyList<ConversationView>> ListAsync(string tag) =>
        (await Store.SendAsync(new ListConversations(Workspace.Caller, Filters: new(null, null, null, null, tag, null)))).Conversations;

    private Task<List<string>> AllTextsAsync() => Store.ReadAsync(async db =>
    {
        var texts = new List<string>();
        foreach (var table in db.Model.GetEntityTypes())
        {
            foreach (var column in table.GetProperties().Where(p => p.ClrType == typeof(string)).Select(p => p.GetColumnName()))
            {
                var sql = $"SELECT [{column}] AS Value FROM {table.GetTableName()} WHERE [{column}] IS NOT NULL";
                texts.AddRange(await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Ct));
            }
        }

        return texts;
    });
}

public sealed class KeepingWhatWasSaidOnSqlite(SqliteDatabases databases) : KeepingWhatWasSaid(databases);

public sealed class KeepingWhatWasSaidOnSqlServer(SqlServerDatabases databases) : KeepingWhatWasSaid(databases);

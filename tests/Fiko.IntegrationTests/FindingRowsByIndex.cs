using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Customers;
using Fiko.Application.Events;
using Fiko.Application.Messaging;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Webhooks;
using Fiko.Domain.Customers;
using Fiko.Domain.Webhooks;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Inbound;
using Fiko.IntegrationTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.IntegrationTests;

/// <summary>The statements of the hot paths, as they were sent, never read a whole table and never sort one (SQLite's plans).</summary>
public sealed class FindingRowsByIndex(SqliteDatabases databases) : PersistenceContract(databases)
{
    private long _conversation;
    private string _chat = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Workspace.BeginAsync(40);
        _conversation = (await Workspace.BeginAsync(12, Workspace.Telegram))[10];
        await Workspace.WriteAsync(_conversation, 80);
        await Workspace.AnswerAsync(_conversation, "one", "two");
        _chat = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == _conversation).Select(c => c.Chat).SingleAsync(Ct));
        await Store.SendAsync(new AcceptUpdate(Workspace.Telegram, "1", _chat, "{}"));
    }

    public static TheoryData<string, ConversationFilters?> Narrowed() => new()
    {
        { "all", null },
        { "status", new(Status: "active", null, null, null, null, null) },
        { "source", new(null, Source: "telegram", null, null, null, null) },
        { "unread", new(null, null, UnreadOnly: true, null, null, null) },
        { "mine", new(null, null, null, AssignedTo: "me", null, null) },
        { "nobody's", new(null, null, null, AssignedTo: "none", null, null) },
        { "tag", new(null, null, null, null, Tag: "vip", null) },
        { "search", new(null, null, null, null, null, Search: "First1") },
        { "several", new("active", "telegram", UnreadOnly: true, "none", null, null) },
    };

    [Theory]
    [MemberData(nameof(Narrowed), DisableDiscoveryEnumeration = true)]
    public async Task A_page_of_the_list(string by, ConversationFilters? filters)
    {
        Assert.NotEmpty(by);
        var first = new ListConversations(Workspace.Caller, Limit: 2, Filters: filters);
        var page = (await Store.SendAsync(first)).NextPage;
        Assert.NotNull(page);

        // Counting all of a workspace's conversations, and searching their names, goes through them; a page does not.
        await FoundAsync(first, sweeps: true);
        await FoundAsync(first with { Page = page }, sweeps: true);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-created_at")]
    [InlineData("-last_activity")]
    public async Task A_page_of_customers(string sort)
    {
        var first = new ListCustomers(Workspace.Caller, new CustomerFilters(), new Paging(Limit: 2, Sort: sort));
        var cursor = (await Store.SendAsync(first)).NextCursor;

        await FoundAsync(first, sweeps: true);
        await FoundAsync(first with { Paging = first.Paging with { Cursor = cursor } });
    }

    [Fact]
    public async Task A_customer()
    {
        var customer = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == _conversation).Select(c => c.CustomerId).SingleAsync(Ct));

        await FoundAsync(new GetCustomer(Workspace.Caller, customer), sorts: 1);
        await FoundAsync(new EditCustomer(Workspace.Caller, customer, Describing("Known"), IfMatch: null), sorts: 2);
    }

    [Fact]
    public Task A_batch_of_an_export() => FoundAsync(new ExportCustomers(Workspace.Caller, new CustomerFilters(), After: 3), sweeps: true);

    [Fact]
    public Task Opening_a_chat() => FoundAsync(new OpenChat(Workspace.Caller, new(_conversation)));

    [Theory]
    [InlineData(null, null)]
    [InlineData(60L, null)]
    [InlineData(null, 20L)]
    public Task A_page_of_history(long? before, long? after) => FoundAsync(new GetMessages(Workspace.Caller, new(_conversation), before, after, 50));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Resuming(bool chat) =>
        FoundAsync(new ResumeSocket(Workspace.Caller, chat ? new(_conversation) : null, Cursor.Write(Workspace.Stamp, position: 20)));

    [Fact]
    public Task Reading_a_chat() => FoundAsync(new MarkRead(Workspace.Caller, new(_conversation)));

    [Fact]
    public Task Sending() => FoundAsync(new SendMessage(Workspace.Caller, new(_conversation), "An answer", ClientId: "1"));

    [Fact]
    public Task Claiming_a_delivery() => FoundAsync(new ClaimDelivery(_conversation), sorts: 1);

    [Fact]
    public async Task Settling_a_delivery()
    {
        var claim = await Store.SendAsync(new ClaimDelivery(_conversation));

        await FoundAsync(new SettleDelivery(claim.Part!, new SendOutcome.Sent("1"), Jitter: 0), sorts: 1);
    }

    [Fact]
    public Task Publishing_what_was_waited_for() => FoundAsync(new PublishAccepted(_conversation, DateTimeOffset.MaxValue), sorts: 1);

    [Fact]
    public Task Receiving_a_message() => FoundAsync(
        // The few conversations of one chat, and, because the name is new, of one customer.
        new ReceiveMessage(Workspace.Telegram, new CustomerWrote(_chat, new CustomerProfile("New"), "9", "text", "Hello", ReplyTo: "8")), sorts: 2);

    [Fact]
    public Task Receiving_an_edit() => FoundAsync(new ReceiveEdit(Workspace.Telegram, new CustomerEdited(_chat, "1", "Hello")));

    [Fact]
    public Task Receiving_on_the_API_channel() =>
        FoundAsync(new ReceiveApiMessage(Workspace.Api, "9", new ApiCustomer("77", "Ali"), "Hello"));

    [Fact]
    public Task Accepting_an_update() => FoundAsync(new AcceptUpdate(Workspace.Telegram, "2", _chat, "{}"));

    [Fact]
    public Task Applying_updates() => FoundAsync(new ApplyUpdates(Workspace.Telegram, _chat, 50), sorts: 1);

    public static TheoryData<string?, string?, int?> Deeds() => new()
    {
        { null, null, null },
        { "message.sent", null, null },
        { null, "conv_1", null },
        { null, null, 1 },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task A_page_of_the_audit(string? action, string? target, int? day)
    {
        var from = day is { } d ? new DateTimeOffset(2026, 1, d, 0, 0, 0, TimeSpan.Zero) : (DateTimeOffset?)null;
        await Store.SendAsync(new SendMessage(Workspace.Caller, new(_conversation), "An answer"));
        await Store.SendAsync(new SendMessage(Workspace.Caller, new(_conversation), "Another"));
        var first = new ListAudit(Workspace.Caller, new(Limit: 1), null, action, target, from);
        var page = (await Store.SendAsync(first)).NextCursor;

        await FoundAsync(first with { UserId = Workspace.AgentId });
        await FoundAsync(first with { Paging = new(Limit: 1, page) });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("message_received")]
    public Task A_page_of_events(string? type) =>
        FoundAsync(new ReadEvents(Workspace.Caller, Cursor.Write(Workspace.Stamp, position: 20), 10, type is null ? null : [type]));

    [Fact]
    public async Task A_turn_of_a_webhook()
    {
        var webhook = await Store.CommitAsync(async db =>
        {
            var added = new WebhookSubscription(Workspace.Id, new WebhookTarget("https://shop.example/", null, ""), "", position: 0, DateTimeOffset.UnixEpoch);
            db.Webhooks.Add(added);
            await db.SaveChangesAsync(Ct);
            return added.Id;
        });
        var taken = (await Store.SendAsync(new TakeWebhookTurn(webhook, [], 5, ReadsLog: true))).Taken;
        EndedAttempt[] ended = [.. taken.Select(t => new EndedAttempt(t, WebhookOutcome.Failed, new WebhookAnswer(500, TimeSpan.Zero, "No"), null, 0))];

        // What is open of one receiver is put in order, and bounded.
        await FoundAsync(new TakeWebhookTurn(webhook, ended, 500, ReadsLog: true), sorts: 2);
        await FoundAsync(new ListWebhookDeliveries(Workspace.Caller, webhook, "dead", new Paging()));
        await FoundAsync(new ListWebhookDeliveries(Workspace.Caller, webhook, null, new Paging()));
    }

    [Fact]
    public Task What_waits_to_be_sent() => LooksAsync<DeliveryWorker>(statements: 2);

    [Fact]
    public Task What_waits_to_be_applied() => LooksAsync<InboundWorker>(statements: 1);

    [Fact]
    public void A_statement_that_reads_or_sorts_a_whole_table_would_be_noticed()
    {
        var offender = QueryPlan.Of(Store.Database.ConnectionString, new("SELECT * FROM \"conversations\" AS \"c\" WHERE \"c\".\"Priority\" = 3 ORDER BY \"c\".\"Chat\"", []));
        var update = QueryPlan.Of(Store.Database.ConnectionString, new("UPDATE \"messages\" SET \"Kind\" = 'text'", []));

        Assert.NotEmpty(offender.Scans);
        Assert.NotEmpty(offender.Sorts);
        Assert.NotEmpty(update.Scans);
    }

    private static CustomerPatch Describing(string text) => new(default, default, default, default, new(text), default, default, default);

    // A worker looks once when it starts.
    private async Task LooksAsync<TWorker>(int statements)
        where TWorker : class, IHostedService
    {
        var worker = Store.Services.GetRequiredService<TWorker>();
        Store.Recorder.Clear();
        var looked = Store.Recorder.ReachedAsync(statements);

        await worker.StartAsync(Ct);
        await looked.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Judge(Store.Recorder.Commands.Take(statements), sorts: 0);
        await worker.StopAsync(Ct);
    }

    /// <param name="request">What is asked.</param>
    /// <param name="sorts">How many statements may put the few rows of one chat in order.</param>
    /// <param name="sweeps">Whether it is about a whole workspace.</param>
    private async Task FoundAsync<TResult>(IRequest<TResult> request, int sorts = 0, bool sweeps = false) =>
        Judge(await Store.RecordAsync(request), sorts, sweeps);

    private void Judge(IEnumerable<RecordedCommand> commands, int sorts, bool sweeps = false)
    {
        var plans = commands.Select(c => QueryPlan.Of(Store.Database.ConnectionString, c)).ToList();

        Assert.NotEmpty(plans);
        Assert.All(plans, plan => Assert.True(!plan.Scans.Any(), $"reads a whole table: {plan}"));
        Assert.All(plans, plan => Assert.True(sweeps || !plan.Sweeps.Any(), $"reads a whole workspace: {plan}"));
        var sorting = plans.Where(p => p.Sorts.Any()).ToList();
        Assert.True(sorting.Count <= sorts, $"sorts: {string.Join("\n", sorting)}");
    }
}

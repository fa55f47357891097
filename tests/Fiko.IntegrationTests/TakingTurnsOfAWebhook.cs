using Fiko.Application.Channels;
using Fiko.Application.Events;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Application.Webhooks;
using Fiko.Domain.Webhooks;
using Fiko.IntegrationTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

/// <summary>Outgoing webhooks on a real database, without a receiver: what is queued, who takes it, and what it costs.</summary>
public abstract class TakingTurnsOfAWebhook(IDatabases databases) : PersistenceContract(databases)
{
    private static readonly WebhookAnswer Good = new(200, TimeSpan.FromMilliseconds(5), null);

    private long _webhook;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _webhook = await SubscribeAsync();
    }

    [Fact]
    public async Task Of_a_conversation_only_the_oldest_is_taken()
    {
        var (first, second) = ((await Workspace.BeginAsync(1))[0], (await Workspace.BeginAsync(1))[0]);
        await Workspace.WriteAsync(first, 3);

        var turn = await TurnAsync();
        var next = await TurnAsync(ended: [.. turn.Taken.Take(1).Select(t => Delivered(t))]);

        Assert.NotEqual(first, second);
        Assert.Equal([1L, 3L], turn.Taken.Select(t => t.Position));
        Assert.Equal([2L], next.Taken.Select(t => t.Position));
    }

    [Fact]
    public async Task However_many_take_turns_at_once_each_event_is_queued_and_taken_once()
    {
        await Workspace.BeginAsync(90);

        var turns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TurnAsync(room: 20)));

        var rows = await Store.ReadAsync(db => db.WebhookDeliveries.Where(d => d.WebhookId == _webhook).ToListAsync(Ct));
        Assert.Equal(await Store.HeadAsync(Workspace.Id), rows.Count);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long?)n), rows.Select(r => r.Position).Order());
        var taken = turns.SelectMany(t => t.Taken).Select(t => t.Id).ToArray();
        Assert.Equal(taken.Distinct().Count(), taken.Length);
        Assert.Equal(90, taken.Length);
    }

    [Fact]
    public async Task A_lease_that_ended_is_taken_anew_and_the_late_answer_still_counts()
    {
        await Workspace.BeginAsync(1);
        var lost = Assert.Single((await TurnAsync()).Taken);
        Assert.Empty((await TurnAsync()).Taken);
        await Store.CommitAsync(db => db.WebhookDeliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, DateTimeOffset.UnixEpoch), Ct));

        var again = Assert.Single((await TurnAsync()).Taken);
        await TurnAsync(ended: [Failed(lost)]);
        var unmoved = await RowAsync(lost.Id);
        await TurnAsync(ended: [Delivered(lost)]);
        await TurnAsync(ended: [Failed(again)]);

        Assert.Equal((lost.Id, 2), (again.Id, again.Attempt));
        Assert.Equal(WebhookDeliveryStatus.Sending, unmoved.Status);
        Assert.Equal(WebhookDeliveryStatus.Delivered, (await RowAsync(lost.Id)).Status);
    }

    [Fact]
    public async Task A_turn_that_fails_half_way_leaves_nothing()
    {
        await Workspace.BeginAsync(3);
        await using (var scope = Store.Services.CreateAsyncScope())
        {
            var (unit, mediator) = (scope.ServiceProvider.GetRequiredService<IUnitOfWork>(), scope.ServiceProvider.GetRequiredService<IMediator>());
            await Assert.ThrowsAsync<InvalidOperationException>(() => unit.CommitAsync<bool>(
                async () =>
                {
                    Assert.Equal(3, (await mediator.Send(new TakeWebhookTurn(_webhook, [], 5, ReadsLog: true), Ct)).Taken.Count);
                    throw new InvalidOperationException("The server dies here");
                },
                Ct));
        }

        Assert.Equal(0, await CountAsync(db => db.WebhookDeliveries));
        Assert.Equal([1L, 3L, 5L], (await TurnAsync()).Taken.Select(t => t.Position));
    }

    [Fact]
    public async Task Reading_costs_the_same_for_ten_and_for_five_hundred()
    {
        await Workspace.BeginAsync(10);
        await TurnAsync();
        var before = await CostsAsync();

        await Workspace.BeginAsync(490);
        await TurnAsync();
        for (var n = 0; n < 20; n++)
        {
            await SubscribeAsync();
        }

        Assert.Equal(before, await CostsAsync());
        Assert.Equal((5, 5, 3, 4, 1), before);
    }

    [Fact]
    public async Task Sweeping_takes_the_old_and_the_removed_and_leaves_the_rest()
    {
        await Workspace.BeginAsync(10);
        var other = await SubscribeAsync();
        var taken = (await TurnAsync(room: 100)).Taken;
        await TurnAsync(ended: [.. taken.Select(Delivered)]);
        await Store.CommitAsync(db => db.WebhookDeliveries.Where(d => d.Position <= 4).ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedAt, DateTimeOffset.UnixEpoch), Ct));
        await Store.SendAsync(new ReplayWebhook(Workspace.Caller, other, Cursor.Beginning));
        await Store.SendAsync(new TakeWebhookTurn(other, [], 3, ReadsLog: true));
        await Store.SendAsync(new RemoveWebhook(Workspace.Caller, other));

        while (await Store.SendAsync(new SweepWebhooks()))
        {
        }

        var kept = await Store.HeadAsync(Workspace.Id) - 4;
        Assert.Equal(kept, await CountAsync(db => db.WebhookDeliveries.Where(d => d.WebhookId == _webhook)));
        Assert.Equal(kept, await CountAsync(db => db.WebhookDeliveries));
        Assert.Equal(1, await CountAsync(db => db.Webhooks));
    }

    private static EndedAttempt Delivered(TakenDelivery taken) => new(taken, WebhookOutcome.Delivered, Good, null, 0);

    private static EndedAttempt Failed(TakenDelivery taken) => new(taken, WebhookOutcome.Failed, Good with { Error = "Not now" }, null, 0);

    private async Task<(int Page, int Shown, int Webhooks, int Deliveries, int Look)> CostsAsync()
    {
        var delivery = await Store.ReadAsync(db => db.WebhookDeliveries.OrderByDescending(d => d.Id).FirstAsync(Ct));
        Assert.NotNull(delivery.Position);
        return (
            await CostAsync(new ReadEvents(Workspace.Caller, Cursor.Beginning, 500)),
            await CostAsync(new ShowEvents(Workspace.Id, [.. Enumerable.Range(1, 200).Select(n => (long)n)])),
            await CostAsync(new ListWebhooks(Workspace.Caller, new Paging())),
            await CostAsync(new ListWebhookDeliveries(Workspace.Caller, _webhook, "sending", new Paging(500))),
            await CostAsync(new LookForWebhooks()));
    }

    private async Task<int> CostAsync<TResult>(IRequest<TResult> request) => (await Store.RecordAsync(request)).Count;

    private Task<WebhookDelivery> RowAsync(long id) => Store.ReadAsync(db => db.WebhookDeliveries.SingleAsync(d => d.Id == id, Ct));

    private Task<WebhookTurn> TurnAsync(int room = 10, params EndedAttempt[] ended) => Store.SendAsync(new TakeWebhookTurn(_webhook, ended, room, ReadsLog: true));

    private Task<long> SubscribeAsync() => Store.CommitAsync(async db =>
    {
        var sealedSecret = Store.Services.GetRequiredService<ISecrets>().Seal("secret");
        var webhook = new WebhookSubscription(Workspace.Id, new WebhookTarget("https://shop.example/", null, ""), sealedSecret, position: 0, DateTimeOffset.UnixEpoch);
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(Ct);
        return webhook.Id;
    });
}

public sealed class TakingTurnsOfAWebhookOnSqlite(SqliteDatabases databases) : TakingTurnsOfAWebhook(databases);

public sealed class TakingTurnsOfAWebhookOnSqlServer(SqlServerDatabases databases) : TakingTurnsOfAWebhook(databases);

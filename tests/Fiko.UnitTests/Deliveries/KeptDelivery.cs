using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Workspaces;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Fiko.UnitTests.Deliveries;

/// <summary>One part of one message, in a database of its own, and the handler that records what became of each attempt.</summary>
internal sealed class KeptDelivery : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly ChannelBook _noChannels = new([]);
    private readonly SqliteFikoDbContext _db;
    private IDbContextTransaction? _transaction;

    private KeptDelivery() => _db = new(new DbContextOptionsBuilder<SqliteFikoDbContext>().UseSqlite(_connection).Options, _time);

    public DeliveryOptions Options { get; } = new();

    public ChannelAccount Channel { get; private set; } = null!;

    public Message Message { get; private set; } = null!;

    public Delivery Part => Message.Deliveries[0];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<KeptDelivery> CreateAsync()
    {
        var kept = new KeptDelivery();
        await kept.SeedAsync();
        return kept;
    }

    /// <summary>An attempt begins; tried so often before.</summary>
    /// <returns>The part as it was claimed.</returns>
    public async Task<ClaimedPart> ClaimAsync(int attempt = 1)
    {
        while (Part.Attempts < attempt)
        {
            Part.Begin(Noon.AddSeconds(20));
        }

        await _db.SaveChangesAsync(Ct);
        return new(
            Part.Id, Part.Version, Part.Attempts, new(Channel.Id, Channel.Source, null, null, Channel.Status is ChannelStatus.Error), Part.Chat, Part.Text);
    }

    public Task SettleAsync(ClaimedPart part, SendOutcome outcome, double jitter = 1) =>
        new SettleDeliveryHandler(_db, new(_db, _noChannels, _time), _noChannels, Substitute.For<IMediator>(), _time, Microsoft.Extensions.Options.Options.Create(Options)).Handle(new SettleDelivery(part, outcome, jitter), Ct);

    public async ValueTask DisposeAsync()
    {
        await (_transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _db.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task SeedAsync()
    {
        await _connection.OpenAsync(Ct);
        await _db.Database.MigrateAsync(Ct);
        _transaction = await _db.Database.BeginTransactionAsync(Ct);
        var workspace = new Workspace("Shop", "a1b2", Noon);
        _db.Add(workspace);
        await _db.SaveChangesAsync(Ct);
        var sara = new Agent(workspace.Id, "sara@shop.test", "Sara", "Ahmadi", Role.Agent, Noon);
        Channel = new(workspace.Id, ChannelName.Telegram, "Shop", "shop_bot", "100", Noon);
        _db.AddRange(sara, Channel);
        await _db.SaveChangesAsync(Ct);
        var conversation = new Conversation(Channel, new Customer(workspace.Id, ChannelName.Telegram, new CustomerProfile("Ali"), Noon), "555", Noon);
        _db.Add(conversation);
        await _db.SaveChangesAsync(Ct);
        Message = conversation.Answer(new OutgoingMessage("سلام", sara.Id), [new("سلام")], Noon);
        _db.Add(Message);
        await _db.SaveChangesAsync(Ct);
    }
}

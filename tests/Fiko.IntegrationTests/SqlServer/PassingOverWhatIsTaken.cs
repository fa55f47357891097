using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>The statement that claims begin with. That it passes over locks, only a server shows (CommittingAUnitOfWorkOnSqlServer).</summary>
public sealed class PassingOverWhatIsTaken : IAsyncDisposable
{
    private readonly ScriptedStore _scripted = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scripted.DisposeAsync();

    [Fact]
    public async Task Rows_that_somebody_else_holds_are_left_out()
    {
        _scripted.Server.Answers = sql => sql.Contains("READPAST", StringComparison.Ordinal) ? [[2L]] : null;

        var free = await _scripted.Store.CommitAsync(db => db.ReserveAsync<Delivery>([1, 2], Ct));

        Assert.Equal([2L], free);
        var statement = Assert.Single(_scripted.Server.Committed);
        Assert.Contains("UPDATE TOP (@p0) r SET [Version] = r.[Version] OUTPUT INSERTED.[Id] INTO @reserved", statement, StringComparison.Ordinal);
        Assert.Contains("FROM [deliveries] r WITH (UPDLOCK, ROWLOCK, READCOMMITTEDLOCK, READPAST)", statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_about_nothing()
    {
        Assert.Empty(await _scripted.Store.CommitAsync(db => db.ReserveAsync<Delivery>([], Ct)));

        Assert.Empty(_scripted.Server.Committed);
    }

    [Fact]
    public void Whatever_is_claimed_has_a_row_to_hold()
    {
        using var db = new SqlServerFikoDbContext(new DbContextOptionsBuilder<SqlServerFikoDbContext>().UseSqlServer().Options, TimeProvider.System);

        foreach (var claimed in (Type[])[typeof(Delivery), typeof(Attachment), typeof(Domain.Webhooks.WebhookDelivery), typeof(Domain.Channels.InboundUpdate), typeof(Domain.Customers.ChannelAddress)])
        {
            Assert.Equal("Id", db.Model.FindEntityType(claimed)!.FindPrimaryKey()!.Properties.Single().GetColumnName());
        }
    }
}

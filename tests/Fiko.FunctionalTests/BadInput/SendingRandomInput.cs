using Fiko.FunctionalTests.Hosting;
using Fiko.LoadTests.Fuzz;

namespace Fiko.FunctionalTests.BadInput;

/// <summary>A short piece of what <c>Fiko.LoadTests fuzz</c> does for an hour. The seed is in every failure; to try another one, change it here.</summary>
public sealed class SendingRandomInput(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private const int Seed = 20261123;
    private const int Clients = 4;
    private const int Inputs = 500;

    [Fact]
    public async Task Brings_about_no_failure_no_silence_and_no_error_in_the_log()
    {
        var own = await TestWorkspace.CreateAsync(server);
        var foreign = await TestWorkspace.CreateAsync(server);
        var honest = await foreign.BeginAsync("honest");
        await using var chat = await foreign.OpenChatAsync(foreign.Owner, honest);
        await chat.DrainAsync();
        using var world = await FuzzWorld.OpenAsync(server.Address, (own.Owner.Email, TestWorkspace.Password), (foreign.Owner.Email, TestWorkspace.Password));
        var journal = new FuzzJournal(Seed);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(n => new FuzzClient(n, world, journal, TimeSpan.Zero).RunAsync(Inputs, CancellationToken.None)));
        await foreign.WriteAsync("honest", "Still here");
        var heard = await chat.NextAsync("chat_message");

        Assert.Empty(journal.Findings);
        Assert.True(!server.Log.Errors.Any(), $"seed {Seed}: {string.Join('\n', server.Log.Errors)}");
        Assert.Equal("Still here", heard.Text("message.content"));
    }
}

/// <summary>Hears all that is said, however quickly.</summary>
public sealed class UnlimitedServer : FikoServer
{
    public UnlimitedServer()
    {
        LiftFrameLimits();
        Settings["Sockets:MaxPerUser"] = "1000";

        // What is waited for in vain is waited for shortly.
        Settings["Sockets:CloseTimeout"] = "00:00:00.500";
        Settings["Sockets:RequestHeadersTimeout"] = "00:00:01";
        Settings["Delivery:InlineWait"] = "00:00:00.100";
    }
}

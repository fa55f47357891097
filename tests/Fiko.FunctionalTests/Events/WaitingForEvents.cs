using System.Net;
using Fiko.FunctionalTests.Hosting;
using Fiko.Infrastructure.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.FunctionalTests.Events;

public sealed class WaitingForEvents(WaitingForEvents.Server server) : IClassFixture<WaitingForEvents.Server>, IAsyncLifetime
{
    private const int Most = 3;

    private TestWorkspace _workspace = null!;
    private string _now = "";

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server);
        await _workspace.BeginAsync("negar");
        _now = (await server.PullAsync(_workspace.Owner)).Next();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_there_comes_at_once()
    {
        var page = await server.PullAsync(_workspace.Owner, "after=beginning&wait=30");

        Assert.Single(page.Items());
    }

    [Fact]
    public async Task An_event_ends_the_waiting()
    {
        var waiting = server.PullAsync(_workspace.Owner, $"{_now}&wait=30");
        await WaitersAsync(1);

        await _workspace.WriteAsync("negar", "there you are");

        Assert.Equal("there you are", (await waiting).Text("items.0.message.content"));
    }

    [Fact]
    public async Task An_event_of_another_type_does_not()
    {
        var waiting = server.PullAsync(_workspace.Owner, $"{_now}&wait=30&types=conversation_read");
        await WaitersAsync(1);

        await _workspace.WriteAsync("negar", "not this");
        var conversation = (await server.PullAsync(_workspace.Owner, "after=beginning")).Text("items.0.conversation_id")!;
        await using var chat = await _workspace.OpenChatAsync(_workspace.Owner, conversation);
        await chat.SendAsync(new { type = "mark_read" });

        Assert.Equal(["conversation_read"], (await waiting).Types());
    }

    [Fact]
    public async Task After_the_time_an_empty_page_says_where_to_go_on()
    {
        var page = await server.PullAsync(_workspace.Owner, $"{_now}&wait=1");

        Assert.Empty(page.Items());
        Assert.Equal(_now, page.Next());
    }

    [Fact]
    public async Task One_user_may_wait_so_many_times_and_no_more()
    {
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, Most).Select(_ => WaitAsync(_workspace.Owner, end.Token)).ToArray();
        await WaitersAsync(Most);

        using var refused = await server.AskAsync(_workspace.Owner, $"{_now}&wait=30");
        var admin = await server.PromoteAsync(_workspace.Agents[1]);
        var other = server.PullAsync(admin, $"{_now}&wait=30");
        await WaitersAsync(Most + 1);
        await _workspace.WriteAsync("negar", "for all");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_connections");
        Assert.Single((await other).Items());
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Who_hangs_up_leaves_at_once_and_makes_room()
    {
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, Most).Select(_ => WaitAsync(_workspace.Owner, end.Token)).ToArray();
        await WaitersAsync(Most);

        await end.CancelAsync();

        await Eventually.SeesAsync(() => server.AskAsync(_workspace.Owner, $"{_now}&wait=1"), answer => answer.StatusCode is HttpStatusCode.OK, "room for another");
        foreach (var call in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
    }

    [Fact]
    public async Task Waiting_costs_the_database_nothing()
    {
        using var end = new CancellationTokenSource();
        var waiting = WaitAsync(_workspace.Owner, end.Token);
        await WaitersAsync(1);
        var before = Looks();

        var idle = await server.PullAsync(_workspace.Owner, $"{_now}&wait=1");

        Assert.Empty(idle.Items());
        Assert.InRange(Looks() - before, 0, 1);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task When_the_server_goes_the_waiting_ends()
    {
        await using var own = new Server();
        await own.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(own);
        var waiting = own.PullAsync(workspace.Owner, "wait=30");
        await Eventually.SeesAsync(() => Task.FromResult(own.Waiters(workspace)), n => n == 1, "the call to wait");
        var began = TimeProvider.System.GetTimestamp();

        await own.Provider.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty((await waiting).Items());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    // A query of the log, as EF Core names its table.
    private int Looks() => server.Log.Lines.Count(l => l.Contains("FROM \"events\"", StringComparison.Ordinal));

    private async Task WaitAsync(TestAgent agent, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events?{_now}&wait=30");
        request.Headers.Authorization = new("Bearer", agent.Token);
        using var answer = await server.Http.SendAsync(request, ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<int> WaitersAsync(int count) => Eventually.SeesAsync(() => Task.FromResult(server.Waiters(_workspace)), n => n == count, $"{count} calls to wait");

    /// <summary>A server on which few may wait.</summary>
    public sealed class Server : FikoServer
    {
        public Server()
        {
            Settings["Events:MaxWaiting"] = $"{Most}";
            LogEverything();
        }

        internal int Waiters(TestWorkspace workspace) => Provider.GetRequiredService<LogWatch>().WaitersOf(workspace.Id);
    }
}

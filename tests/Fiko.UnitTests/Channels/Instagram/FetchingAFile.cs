using System.Net;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Instagram;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class FetchingAFile : IAsyncLifetime
{
    private static readonly ChannelConnection Account = new(7, GraphFake.Token, GraphFake.Account);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStream _bytes = new();
    private GraphFake _graph = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphFake.StartAsync();
        _services = _graph.Build(_time);
        _graph.Answer = (http, _) => http.Response.Body.WriteAsync(new byte[5000], http.RequestAborted).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
        await _bytes.DisposeAsync();
    }

    [Fact]
    public async Task Its_bytes_come_from_the_address_that_was_named_without_the_token()
    {
        Assert.Equal(new FetchOutcome.Fetched(), await FetchAsync($"{_graph.Root}/ig/1.jpg?sig=x"));

        var request = Assert.Single(_graph.Requests);
        Assert.Equal((5000L, "/ig/1.jpg?sig=x", null), (_bytes.Length, request.Target, request.Authorization));
        Assert.DoesNotContain(_graph.Log.Lines, line => line.Contains("sig=x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_the_limit_is_not_read(bool isAnnounced)
    {
        _graph.Answer = async (http, _) =>
        {
            http.Response.ContentLength = isAnnounced ? 100 << 20 : null;
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(new byte[65536], http.RequestAborted);
            }
        };

        Assert.Equal(new FetchOutcome.Gone("It is larger than 1 MB"), await FetchAsync($"{_graph.Root}/1", 1 << 20));
        Assert.InRange(_bytes.Length, 0, 1 << 20);
    }

    [Theory]
    [InlineData(403, typeof(FetchOutcome.Gone))]
    [InlineData(404, typeof(FetchOutcome.Gone))]
    [InlineData(410, typeof(FetchOutcome.Gone))]
    [InlineData(429, typeof(FetchOutcome.TryAgain))]
    [InlineData(500, typeof(FetchOutcome.TryAgain))]
    public async Task An_address_that_is_over_is_not_asked_again(int status, Type outcome)
    {
        _graph.AnswerWith(status, "no", "text/plain");

        Assert.IsType(outcome, await FetchAsync($"{_graph.Root}/1"));
    }

    [Fact]
    public async Task One_that_breaks_off_is()
    {
        _graph.Answer = async (http, _) =>
        {
            http.Response.ContentLength = 5000;
            await http.Response.Body.WriteAsync(new byte[10], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
        };

        Assert.IsType<FetchOutcome.TryAgain>(await FetchAsync($"{_graph.Root}/1"));
    }

    [Fact]
    public async Task One_that_never_answers_ends()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _graph.Answer = (http, _) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        };
        var fetching = FetchAsync($"{_graph.Root}/1");
        await asked.Task.WaitAsync(Test);

        _time.Advance(new InstagramOptions().DownloadTimeout);

        Assert.IsType<FetchOutcome.TryAgain>(await fetching);
    }

    [Theory]
    [InlineData("http://example.com/1.jpg")]
    [InlineData("https://127.0.0.1/1.jpg")]
    [InlineData("https://localhost/1.jpg")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/1.jpg")]
    [InlineData("https://[::ffff:10.0.0.1]/1.jpg")]
    [InlineData("https://2130706433/1.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task Nothing_but_a_public_server_is_asked(string address) => Assert.IsType<FetchOutcome.Gone>(await FetchAsync(address));

    [Theory]
    [InlineData("http://example.com/1.jpg")]
    [InlineData("https://10.0.0.1/1.jpg")]
    [InlineData("file:///etc/passwd")]
    public async Task Not_even_by_a_detour(string address)
    {
        _graph.Answer = (http, _) =>
        {
            http.Response.Redirect(address);
            return Task.CompletedTask;
        };

        Assert.IsType<FetchOutcome.Gone>(await FetchAsync($"{_graph.Root}/1"));
        Assert.Single(_graph.Requests);
    }

    [Fact]
    public async Task A_detour_to_a_good_address_is_followed_but_not_for_ever()
    {
        _graph.Answer = (http, request) => request.Target == "/2" ? http.Response.WriteAsync("bytes", http.RequestAborted) : RedirectAsync(http, "/2");

        Assert.Equal(new FetchOutcome.Fetched(), await FetchAsync($"{_graph.Root}/1"));

        _graph.Answer = (http, _) => RedirectAsync(http, "/1");
        Assert.IsType<FetchOutcome.Gone>(await FetchAsync($"{_graph.Root}/1"));
    }

    [Fact]
    public async Task Where_no_stand_in_is_set_a_server_of_our_own_is_not_asked()
    {
        var address = $"{_graph.Root}/1";
        _graph.GraphBaseUrl = null;

        Assert.IsType<FetchOutcome.Gone>(await FetchAsync(address));
        Assert.Empty(_graph.Requests);
    }

    private static Task RedirectAsync(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private Task<FetchOutcome> FetchAsync(string address, long limit = 1 << 20) =>
        ((ICarriesFiles)_services.GetRequiredService<IChannel>()).FetchAsync(Account, address, _bytes, limit, Test);
}

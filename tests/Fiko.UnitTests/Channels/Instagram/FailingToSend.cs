using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class FailingToSend : IAsyncLifetime
{
    private static readonly ChannelConnection Account = new(7, GraphFake.Token, GraphFake.Account);
    private static readonly OutgoingPart Hello = new(Item.Customer, "hi");

    private readonly FakeTimeProvider _time = new();
    private GraphFake _graph = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphFake.StartAsync();
        _services = _graph.Build(_time);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Theory]
    [InlineData(4, null, 400)]
    [InlineData(17, null, 400)]
    [InlineData(32, null, 400)]
    [InlineData(341, null, 400)]
    [InlineData(613, 2534040, 400)]
    [InlineData(613, 2018338, 403)]
    [InlineData(2, null, 400)]
    [InlineData(2, null, 500)]
    [InlineData(1, null, 500)]
    [InlineData(9999, null, 503)]
    public async Task What_was_not_taken_may_go_again(int code, int? subcode, int status)
    {
        _graph.AnswerWith(status, GraphFake.Error(code, subcode));

        AssertFitToBeShown(Assert.IsType<SendOutcome.NotTaken>(await SendAsync()).Error);
    }

    [Fact]
    public async Task When_is_the_platforms_word()
    {
        _graph.Answer = (http, _) =>
        {
            http.Response.Headers.RetryAfter = "7";
            return GraphFake.JsonAsync(http, 400, GraphFake.Error(613, 2534040));
        };

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SendOutcome.NotTaken>(await SendAsync()).RetryAfter);
    }

    [Theory]
    [InlineData(10, 2534022, "The time to answer is over until the customer writes again")]
    [InlineData(10, 2018278, "The time to answer is over until the customer writes again")]
    [InlineData(551, 1545041, "The customer can't be reached")]
    [InlineData(551, null, "The customer can't be reached")]
    [InlineData(200, 1545041, "The customer can't be reached")]
    [InlineData(10, 2018108, "The customer can't be reached")]
    [InlineData(100, 2534014, "The customer is not known to Instagram")]
    [InlineData(100, 2018001, "The customer is not known to Instagram")]
    [InlineData(100, 2018008, "Instagram could not take the file")]
    [InlineData(100, 2018294, "Instagram could not take the file")]
    [InlineData(2018300, null, "Another application controls this conversation")]
    [InlineData(100, 2534015, "(#1) Something is wrong.")]
    [InlineData(100, 33, "(#1) Something is wrong.")]
    [InlineData(100, null, "(#1) Something is wrong.")]
    [InlineData(9000001, null, "(#1) Something is wrong.")]
    public async Task What_is_refused_for_good_says_why(int code, int? subcode, string begins)
    {
        _graph.AnswerWith(400, GraphFake.Error(code, subcode));

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync());

        Assert.False(refused.ChannelBroken);
        Assert.StartsWith(begins, refused.Error, StringComparison.Ordinal);
        AssertFitToBeShown(refused.Error);
    }

    [Theory]
    [InlineData(190, 463)]
    [InlineData(190, null)]
    [InlineData(102, null)]
    [InlineData(200, 2534041)]
    [InlineData(230, null)]
    [InlineData(299, null)]
    [InlineData(10, null)]
    [InlineData(10, 1893063)]
    [InlineData(368, null)]
    [InlineData(100, 2534029)]
    public async Task Some_refusals_are_meant_for_the_whole_account(int code, int? subcode)
    {
        _graph.AnswerWith(401, GraphFake.Error(code, subcode));

        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync());

        Assert.True(refused.ChannelBroken);
        AssertFitToBeShown(refused.Error);
    }

    [Theory]
    [InlineData(500, "application/json", """{"error":{"message":"An unknown error occurred","code":1,"error_subcode":1357046}}""")]
    [InlineData(502, "text/html", "<html>Bad Gateway</html>")]
    [InlineData(200, "text/html", "<html>Welcome to our Wi-Fi</html>")]
    [InlineData(200, "application/json", """{"recipient_id":"990000000000001"}""")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(200, "application/json", "")]
    [InlineData(301, "text/html", "")]
    public async Task Nobody_knows_after_an_answer_that_says_nothing(int status, string type, string body)
    {
        _graph.AnswerWith(status, body, type);

        AssertFitToBeShown(Assert.IsType<SendOutcome.Unknown>(await SendAsync()).Error);
        Assert.Single(_graph.Requests);
    }

    [Fact]
    public async Task Nobody_knows_after_the_connection_broke_behind_the_request()
    {
        _graph.Answer = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        AssertFitToBeShown(Assert.IsType<SendOutcome.Unknown>(await SendAsync()).Error);
        Assert.Single(_graph.Requests);
    }

    [Fact]
    public async Task Nobody_knows_after_a_time_out()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _graph.Answer = (http, _) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        };
        var sending = SendAsync();
        await asked.Task.WaitAsync(Test);

        _time.Advance(new DeliveryOptions().SendTimeout);

        Assert.Contains("in time", Assert.IsType<SendOutcome.Unknown>(await sending).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_was_sent_where_nobody_listens()
    {
        await _graph.DisposeAsync();

        AssertFitToBeShown(Assert.IsType<SendOutcome.NotTaken>(await SendAsync()).Error);
    }

    [Fact]
    public async Task Nothing_is_sent_by_a_server_that_stops() =>
        Assert.IsType<SendOutcome.NotTaken>(await _services.GetRequiredService<IChannel>().SendAsync(Account, Hello, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("IGQWRexample\r\nX-Injected: 1")]
    [InlineData("IGQWR example token")]
    public async Task A_token_that_is_none_is_never_shown_to_anybody(string token)
    {
        Assert.True(Assert.IsType<SendOutcome.Refused>(await _services.GetRequiredService<IChannel>().SendAsync(Account with { Token = token }, Hello, Test)).ChannelBroken);
        Assert.Empty(_graph.Requests);
    }

    [Theory]
    [InlineData($"Invalid token {GraphFake.Token}")]
    [InlineData("See https://developers.example/x?access_token=1")]
    [InlineData("Trace AbCdEf123")]
    [InlineData("")]
    public async Task What_tells_too_much_is_replaced(string message)
    {
        _graph.AnswerWith(400, GraphFake.Error(100, 2534015, message));

        Assert.Equal("Instagram refused it (error 100, 2534015)", Assert.IsType<SendOutcome.Refused>(await SendAsync()).Error);
    }

    private Task<SendOutcome> SendAsync() => _services.GetRequiredService<IChannel>().SendAsync(Account, Hello, Test);

    private void AssertFitToBeShown(string error)
    {
        Assert.InRange(error.Length, 1, 500);
        Assert.DoesNotContain(GraphFake.Token, error, StringComparison.Ordinal);
        Assert.DoesNotContain("://", error, StringComparison.Ordinal);
        Assert.DoesNotContain("AbCdEf123", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_graph.Log.Lines, line => line.Contains(GraphFake.Token, StringComparison.Ordinal));
    }
}

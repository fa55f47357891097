using Fiko.Application.Channels;
using Fiko.Domain.Customers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class AskingForAProfile : IAsyncLifetime
{
    private GraphFake _graph = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphFake.StartAsync();
        _services = _graph.Build(new FakeTimeProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task Name_user_name_and_picture_are_told()
    {
        _graph.AnswerWith(200, """{"id":"990000000000001","name":"Negar","username":"negar.example","profile_pic":"https://cdn.example/t51/p.jpg?sig=x"}""");

        var profile = await AskAsync();

        Assert.Equal(new ProfileOutcome.Known(new CustomerProfile("Negar", null, "negar.example"), "https://cdn.example/t51/p.jpg?sig=x", "/t51/p.jpg"), profile);
        Assert.Equal("/v25.0/990000000000001?fields=name,username,profile_pic", Assert.Single(_graph.Requests).Target);
    }

    [Theory]
    [InlineData("""{"id":"1","name":null,"username":"negar.example"}""")]
    [InlineData("""{"id":"1","name":" ","username":"negar.example","profile_pic":null}""")]
    [InlineData("""{"username":"negar.example","profile_pic":"nowhere"}""")]
    public async Task Without_a_name_the_user_name_stands_for_it(string answer)
    {
        _graph.AnswerWith(200, answer);

        Assert.Equal(new ProfileOutcome.Known(new CustomerProfile("negar.example", null, "negar.example")), await AskAsync());
    }

    [Theory]
    [InlineData(230, 400, typeof(ProfileOutcome.Withheld))]
    [InlineData(9010, 400, typeof(ProfileOutcome.Withheld))]
    [InlineData(100, 400, typeof(ProfileOutcome.Withheld))]
    [InlineData(190, 401, typeof(ProfileOutcome.TryAgain))]
    [InlineData(613, 400, typeof(ProfileOutcome.TryAgain))]
    [InlineData(2, 500, typeof(ProfileOutcome.TryAgain))]
    public async Task Who_does_not_want_to_be_known_is_not(int code, int status, Type outcome)
    {
        _graph.AnswerWith(status, GraphFake.Error(code));

        Assert.IsType(outcome, await AskAsync());
    }

    [Fact]
    public async Task A_server_that_is_down_is_asked_again()
    {
        await _graph.DisposeAsync();

        Assert.IsType<ProfileOutcome.TryAgain>(await AskAsync());
    }

    private Task<ProfileOutcome> AskAsync() => ((IKnowsProfiles)_services.GetRequiredService<IChannel>())
        .FetchProfileAsync(new ChannelConnection(7, GraphFake.Token, GraphFake.Account), Item.Customer, TestContext.Current.CancellationToken);
}

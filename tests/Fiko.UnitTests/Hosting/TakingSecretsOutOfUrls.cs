using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NSubstitute;

namespace Fiko.UnitTests.Hosting;

public class TakingSecretsOutOfUrls
{
    private const string Bot = "/bot7000000001:AAsecret-of_the-bot-0123456789";

    [Theory]
    [InlineData("?token=abc", "?token=REDACTED", "abc")]
    [InlineData("?TOKEN=abc", "?token=REDACTED", "abc")]
    [InlineData("?after=5&token=abc&x=%20y", "?after=5&token=REDACTED&x=%20y", "abc")]
    [InlineData("?%74oken=abc", "?token=REDACTED", "abc")]
    [InlineData("?%54%4F%4B%45%4E=abc", "?token=REDACTED", "abc")]
    [InlineData("?to%6ben=abc", "?token=REDACTED", "abc")]
    [InlineData("?+token=abc", "?token=REDACTED", "abc")]
    [InlineData("?token=abc&token=def", "?token=REDACTED&token=REDACTED", "abc")]
    [InlineData("?token=&Token=def", "?token=REDACTED&token=REDACTED", "def")]
    [InlineData("?token", "?token=REDACTED", null)]
    [InlineData("?token=a%2Fb%20c=d", "?token=REDACTED", "a/b c=d")]
    [InlineData("?access_token=abc", "?access_token=REDACTED", "abc")]
    [InlineData("?access_token=abc&token=def", "?access_token=REDACTED&token=REDACTED", "abc")]
    public void A_token_leaves_the_query_for_a_feature(string query, string redacted, string? token)
    {
        var (request, features) = Create("/ws/inbox", query);

        Assert.Equal((redacted, "/ws/inbox" + redacted), (request.QueryString, request.RawTarget));
        Assert.Equal(token, features.Get<SocketTokenFeature>()?.Token);
    }

    [Fact]
    public void A_ticket_leaves_the_query_for_its_own_feature()
    {
        var (request, features) = Create("/ws/inbox", "?ticket=once&token=abc");

        Assert.Equal("?ticket=REDACTED&token=REDACTED", request.QueryString);
        Assert.Equal(("once", "abc"), (features.Get<TicketFeature>()?.Ticket, features.Get<SocketTokenFeature>()?.Token));
    }

    [Theory]
    [InlineData("?signature=abc", "?signature=REDACTED")]
    [InlineData("?x=1&SIGNATURE=abc", "?x=1&signature=REDACTED")]
    [InlineData("?sig%6Eature=abc", "?signature=REDACTED")]
    public void The_signature_of_a_link_leaves_the_query_for_its_own_feature(string query, string redacted)
    {
        var (request, features) = Create("/api/v1/attachments/att_1", query);

        Assert.Equal((redacted, "/api/v1/attachments/att_1" + redacted), (request.QueryString, request.RawTarget));
        Assert.Equal("abc", features.Get<SignatureFeature>()?.Signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?after=5&&q=%D8%B3&flag")]
    [InlineData("?tokens=5&mytoken=6&q=token")]
    public void A_query_without_secrets_stays_as_it_came(string query)
    {
        var (request, features) = Create("/api/conversations", query);

        Assert.Equal((query, "/api/conversations" + query), (request.QueryString, request.RawTarget));
        Assert.Null(features.Get<SocketTokenFeature>());
    }

    [Theory]
    [InlineData(Bot + "/sendMessage", "/sandbox/telegram/api/sendMessage")]
    [InlineData("/BOT7000000001:AAsecret-of_the-bot-0123456789/getMe", "/sandbox/telegram/api/getMe")]
    [InlineData(Bot, "/sandbox/telegram/api")]
    [InlineData("/file" + Bot + "/photos/file_4.jpg", "/sandbox/telegram/file/photos/file_4.jpg")]
    public void A_bot_token_leaves_the_path_for_a_feature(string path, string rewritten)
    {
        var (request, features) = Create(path, "?chat_id=42");

        Assert.Equal((rewritten, rewritten + "?chat_id=42"), (request.Path, request.RawTarget));
        Assert.Equal("7000000001:AAsecret-of_the-bot-0123456789", features.Get<BotTokenFeature>()?.Token);
    }

    [Theory]
    [InlineData("/bot123/getMe", "123")]
    [InlineData("/botx:secret/getMe", "x:secret")]
    [InlineData("/bot:/getMe", ":")]
    public void A_mistyped_bot_token_is_a_secret_too(string path, string token)
    {
        var (request, features) = Create(path, "");

        Assert.Equal("/sandbox/telegram/api/getMe", request.Path);
        Assert.Equal(token, features.Get<BotTokenFeature>()?.Token);
    }

    [Theory]
    [InlineData("/bots/7")]
    [InlineData("/api/bot7:x/getMe")]
    [InlineData("/bot")]
    [InlineData("/")]
    public void Other_paths_stay_as_they_came(string path)
    {
        var (request, features) = Create(path, "");

        Assert.Equal((path, path), (request.Path, request.RawTarget));
        Assert.Null(features.Get<BotTokenFeature>());
    }

    [Fact]
    public void Path_and_query_are_both_cleared_of_secrets()
    {
        var (request, features) = Create(Bot + "/getMe", "?token=abc");

        Assert.Equal("/sandbox/telegram/api/getMe?token=REDACTED", request.RawTarget);
        Assert.NotNull(features.Get<BotTokenFeature>());
        Assert.Equal("abc", features.Get<SocketTokenFeature>()?.Token);
    }

    [Fact]
    public void The_wrapped_factory_creates_and_disposes()
    {
        var inner = Substitute.For<IHttpContextFactory>();
        var context = new DefaultHttpContext();
        inner.Create(Arg.Any<IFeatureCollection>()).Returns(context);
        var factory = new SecretsOutOfUrls(inner);

        var created = factory.Create(new FeatureCollection());
        factory.Dispose(created);

        Assert.Same(context, created);
        inner.Received(1).Dispose(context);
        Assert.IsNotType<DefaultHttpContextFactory>(factory, exactMatch: false);
    }

    private static (IHttpRequestFeature Request, FeatureCollection Features) Create(string path, string query)
    {
        var request = new HttpRequestFeature { Path = path, QueryString = query, RawTarget = path + query };
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);

        new SecretsOutOfUrls(Substitute.For<IHttpContextFactory>()).Create(features);
        return (request, features);
    }
}

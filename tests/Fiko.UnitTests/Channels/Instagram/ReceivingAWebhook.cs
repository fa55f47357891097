using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Channels;
using Fiko.WebApi.Hosting;
using Fiko.WebApi.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class ReceivingAWebhook : IAsyncLifetime
{
    private readonly HttpClient _meta = new();
    private InstagramWorld _world = null!;
    private WebApplication _server = null!;
    private long _channel;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await InstagramWorld.CreateAsync();
        _channel = (await _world.ConnectAsync()).Id;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_world.Graph.Log));
        builder.Services.AddSecretsOutOfUrls();
        builder.Services.AddSingleton(_world.Services.GetRequiredService<Fiko.Infrastructure.Channels.Instagram.InstagramWebhooks>());
        builder.Services.AddScoped(_ => _world.Services.CreateScope().ServiceProvider.GetRequiredService<MediatR.IMediator>());
        _server = builder.Build();
        _server.UseRouting();
        _server.MapInstagramWebhook();
        await _server.StartAsync(Test);
        _meta.BaseAddress = new Uri($"{_server.Urls.Single()}/webhooks/instagram");
    }

    public async ValueTask DisposeAsync()
    {
        _meta.Dispose();
        await _server.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_address_is_registered_with_the_challenge_as_it_came()
    {
        using var answer = await _meta.GetAsync("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=fiko-example-verify-token", Test);

        Assert.Equal((HttpStatusCode.OK, "1158201444", "text/plain"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Test), answer.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain(_world.Graph.Log.Lines, line => line.Contains("fiko-example-verify-token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong")]
    [InlineData("?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=fiko-example-verify-token")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=fiko-example-verify-token")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=REDACTED")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1")]
    [InlineData("")]
    public async Task Nobody_else_registers_it(string query)
    {
        using var answer = await _meta.GetAsync(query, Test);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_batch_is_stored_item_by_item_once()
    {
        var batch = Item.Wrap(Message("m1"), Message("m2"), Message("m1"), Item.From("\"read\":{\"mid\":\"m0\"}"));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(batch));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(batch));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Item.Wrap(Message("m2"), Message("m3"))));

        var updates = await _world.UpdatesAsync();
        Assert.Equal(["message:m1", "message:m2", "read:m0:1760000600001", "message:m3"], updates.Select(u => u.Key));
        Assert.Equal([Item.Wrap(Message("m1"))], updates.Take(1).Select(u => u.Body));
        Assert.All(updates, u => Assert.Equal((_channel, Item.Customer), (u.ChannelId, u.Lane)));
    }

    [Fact]
    public async Task A_thousand_in_one_call_are_stored_in_their_order()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Item.Wrap([.. Enumerable.Range(0, 1000).Select(i => Message($"m{i}"))])));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"message:m{i}"), (await _world.UpdatesAsync()).Select(u => u.Key));
    }

    [Fact]
    public async Task What_is_for_nobody_here_is_dropped()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Item.Wrap(Message("m1")).Replace($"\"id\":\"{Item.Account}\",\"time\"", "\"id\":\"5\",\"time\"", StringComparison.Ordinal)));
        await _world.AskAsync(new RemoveChannel(_world.Admin, _channel));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Item.Wrap(Message("m2"))));

        Assert.Empty(await _world.UpdatesAsync());
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_once()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync("{\"object\":\"instagram\",\"entry\":[{"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("{\"object\":\"instagram\",\"entry\":[{"));

        var stray = await _world.ReadAsync(db => db.StrayUpdates.SingleAsync());
        Assert.Equal(("instagram", "{\"object\":\"instagram\",\"entry\":[{", "Not JSON"), (stray.Source, stray.Body, stray.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=00")]
    [InlineData("sha1=5ab8d398aa140ce4ceebb6fa613d3b4d0148a1c4")]
    public async Task What_is_not_signed_is_not_stored(string? signature)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Item.Wrap(Message("m1")), signature, sign: false));
        Assert.Empty(await _world.UpdatesAsync());
    }

    [Fact]
    public async Task A_signature_for_one_byte_less_is_none()
    {
        var body = Item.Wrap(Message("m1"));

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body + " ", Sign(body), sign: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_meta_ever_sends_is_not_read(bool isAnnounced)
    {
        using var content = new StreamContent(new MemoryStream(new byte[(4 << 20) + 1]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = content };
        request.Headers.TransferEncodingChunked = !isAnnounced;

        using var answer = await _meta.SendAsync(request, Test);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static string Message(string mid) => Item.From($"\"message\":{{\"mid\":\"{mid}\",\"text\":\"\\u0633\"}}");

    private static string Sign(string body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("fiko-example-app-secret"u8, Encoding.UTF8.GetBytes(body)))}";

    private async Task<HttpStatusCode> PostAsync(string body, string? signature = null, bool sign = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        if ((sign ? Sign(body) : signature) is { } value)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", value);
        }

        using var answer = await _meta.SendAsync(request, Test);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Test));
        return answer.StatusCode;
    }
}

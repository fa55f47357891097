using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Fiko.FunctionalTests.Documentation;
using Fiko.FunctionalTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Contract;

/// <summary>That every test of this project fails when the server says what its documents do not.</summary>
public sealed class DriftingFromTheContract
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"items":[],"next_cursor":null,"extra":1}""", 200, "$.extra is not documented")]
    [InlineData("""{"items":[{"id":1}],"next_cursor":null}""", 200, "$.items[0].source is missing")]
    [InlineData("""{"items":[]}""", 200, "$.next_cursor is missing")]
    [InlineData("""{"items":null,"next_cursor":null}""", 200, "$.items is null")]
    [InlineData("""{"items":[],"next_cursor":null}""", 203, "no such status")]
    public async Task An_answer_that_is_not_documented_fails_the_test_that_got_it(string body, int status, string what)
    {
        await using var server = Answering("/api/v1/channels", async http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body);
        });
        await server.InitializeAsync();

        var drift = await Assert.ThrowsAsync<DriftException>(() => server.Http.GetAsync("/api/v1/channels", Ct));

        Assert.Contains(what, drift.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_does_a_body_that_is_taken_and_not_documented()
    {
        await using var server = new FikoServer();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);

        var drift = await Assert.ThrowsAsync<DriftException>(() => server.PostAsync("/api/v1/channels", new { source = "api", name = "Ours", extra = 1 }, workspace.Owner.Token));

        Assert.Contains("the request: $.extra", drift.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ws/conversations/", """{"type":"pong","cursor":"1.2","timestamp":"2026-01-02T03:04:05.678Z","extra":1}""", "$.extra is not documented")]
    [InlineData("/ws/conversations/", """{"type":"pong","cursor":"1.2","timestamp":"2026-01-02T03:04:05Z"}""", "no time of the wire")]
    [InlineData("/ws/conversations/", """{"type":"never_heard_of"}""", "No frame 'never_heard_of'")]
    [InlineData("/ws/conversations/", """{"type":"user_presence","user_id":1,"username":"x","is_online":true,"conversation_id":"conv_1","timestamp":"2026-01-02T03:04:05.678Z"}""", "on the list")]
    [InlineData("/ws/chat/conv_1/", """{"type":"error","error":"x","message":"x","code":"no_such_code","request_type":null,"client_id":null,"field":null,"timestamp":"2026-01-02T03:04:05.678Z"}""", "none of")]
    public async Task And_a_frame_that_is_not_documented_even_where_nobody_waits_for_it(string path, string frame, string what)
    {
        await using var server = Answering(path.TrimEnd('/'), async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
#pragma warning disable RS0030 // A server of this test's own.
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, Ct);
#pragma warning restore RS0030
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
        });
        await server.InitializeAsync();
        var socket = await FikoSocket.OpenAsync(server.Socket(path));
        await socket.ClosedAsync();

        var drift = await Assert.ThrowsAsync<DriftException>(async () => await socket.DisposeAsync());

        Assert.Contains(what, drift.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_test_talks_to_a_server_past_this()
    {
        string[] ways = ["new HttpClient", "new ClientWebSocket", "CreateClient(", "new TcpClient"];
        string[] known = ["FikoServer.cs", "FikoSocket.cs", "RawPeer.cs", "RedisServer.cs", "OwnProcess.cs", "ServerProcess.cs", "DriftingFromTheContract.cs"];

        var around = Directory.EnumerateFiles(Path.Combine(ProtocolPage.Root(), "tests", "Fiko.FunctionalTests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !known.Contains(Path.GetFileName(f)))
            .Where(f => File.ReadAllText(f) is var text && Array.Exists(ways, way => text.Contains(way, StringComparison.Ordinal)));

        Assert.Empty(around);
    }

    [Fact]
    public void A_keyword_that_nobody_checks_is_no_schema()
    {
        using var schema = JsonDocument.Parse("""{"type":"string","contentEncoding":"base64"}""");
        using var value = JsonDocument.Parse("\"x\"");

        Assert.Throws<NotSupportedException>(() => new SchemaCheck(schema.RootElement).Differences(value.RootElement, schema.RootElement));
    }

    private static FikoServer Answering(string path, RequestDelegate answer) =>
        new() { Services = services => services.AddSingleton<IStartupFilter>(new Instead(path, answer)) };

    private sealed class Instead(string path, RequestDelegate answer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseWebSockets();
            app.Use(following => http => http.Request.Path.StartsWithSegments(path) ? answer(http) : following(http));
            next(app);
        };
    }
}

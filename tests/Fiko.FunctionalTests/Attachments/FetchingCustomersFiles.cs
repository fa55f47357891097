using System.Net;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Attachments;

public sealed class FetchingCustomersFiles(FileServer server) : IClassFixture<FileServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_shown_before_its_file_is_here()
    {
        var (workspace, channel) = await BeginAsync();
        var bytes = SomeFile.Png(8, 6);
        var gate = server.Platform.HasSlowly("slow-1", bytes);
        var conversation = await BeginAsync(workspace, channel, Photo("slow-1"));
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);

        var shown = FileOf((await chat.NextAsync("recent_messages")).GetProperty("messages")[0]);
        using var early = await server.GetFileAsync($"/api/v1/attachments/{Text(shown, "id")}", workspace.Owner);
        gate.SetResult();
        var ready = FileOf((await chat.NextAsync("message_attachments")).GetProperty("message"));
        using var answer = await server.GetFileAsync(Text(ready, "url")!);

        Assert.Equal(("pending", null), (Text(shown, "status"), Text(shown, "url")));
        Assert.Equal((HttpStatusCode.Conflict, "2"), (early.StatusCode, early.Headers.RetryAfter?.ToString()));
        Assert.Equal("attachment_pending", Text(await JsonAsync(early), "code"));
        Assert.Equal(("ready", "image/png", "image"), (Text(ready, "status"), Text(ready, "media_type"), Text(ready, "kind")));
        Assert.Equal((8, 6, bytes.Length), (ready.GetProperty("width").GetInt32(), ready.GetProperty("height").GetInt32(), ready.GetProperty("size").GetInt32()));
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Contains(("slow-1", FileServer.PlatformToken), server.Platform.Asked);
    }

    [Fact]
    public async Task Slow_files_of_one_channel_hold_up_no_other()
    {
        var (workspace, slow) = await BeginAsync();
        var quick = await server.ConnectAsync(workspace);
        var gates = Enumerable.Range(0, 8).Select(n => server.Platform.HasSlowly($"jam-{n}", SomeFile.Png())).ToList();
        server.Platform.Has("quick-1", SomeFile.Png());
        for (var n = 0; n < gates.Count; n++)
        {
            await server.ReceiveAsync(slow, "jammed", $"jam-{n}", Photo($"jam-{n}"));
        }

        var conversation = await BeginAsync(workspace, quick, Photo("quick-1"));

        await FileIsAsync(workspace, conversation, "ready");
        gates.ForEach(g => g.SetResult());
    }

    [Fact]
    public async Task A_file_that_is_gone_says_why()
    {
        var (workspace, channel) = await BeginAsync();
        server.Platform.Has("gone-1", (_, _, _) => Task.FromResult<FetchOutcome>(new FetchOutcome.Gone("The story has ended")));

        var shown = await FileIsAsync(workspace, await BeginAsync(workspace, channel, Photo("gone-1")), "unavailable");
        using var answer = await server.GetFileAsync($"/api/v1/attachments/{Text(shown, "id")}", workspace.Owner);

        Assert.Equal(("The story has ended", null), (Text(shown, "problem"), Text(shown, "url")));
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        var problem = await JsonAsync(answer);
        Assert.Equal(("attachment_unavailable", "The story has ended"), (Text(problem, "code"), Text(problem, "title")));
    }

    [Fact]
    public async Task A_file_over_the_limit_says_so_even_where_the_platform_does_not_stop()
    {
        var (workspace, channel) = await BeginAsync();
        server.Platform.Has("large-1", new byte[(1024 * 1024) + 1]);

        var shown = await FileIsAsync(workspace, await BeginAsync(workspace, channel, Photo("large-1")), "unavailable");

        Assert.Equal("The file is larger than 1 MiB", Text(shown, "problem"));
    }

    [Fact]
    public async Task What_fails_for_a_moment_is_asked_for_again()
    {
        var (workspace, channel) = await BeginAsync();
        var (asked, bytes) = (0, SomeFile.Png());
        server.Platform.Has("shaky-1", async (to, _, ct) =>
        {
            await to.WriteAsync(bytes, ct);
            return Interlocked.Increment(ref asked) switch
            {
                1 => new FetchOutcome.TryAgain("Busy"),
                2 => throw new HttpRequestException("Cut off"),
                _ => new FetchOutcome.Fetched(),
            };
        });

        var shown = await FileIsAsync(workspace, await BeginAsync(workspace, channel, Photo("shaky-1")), "ready");
        using var answer = await server.GetFileAsync(Text(shown, "url")!);

        Assert.Equal(3, asked);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task And_given_up_in_the_end()
    {
        var (workspace, channel) = await BeginAsync();
        server.Platform.Has("never-1", (_, _, _) => Task.FromResult<FetchOutcome>(new FetchOutcome.TryAgain("Busy")));

        var shown = await FileIsAsync(workspace, await BeginAsync(workspace, channel, Photo("never-1")), "unavailable");

        Assert.Equal("Given up after 3 attempts: Busy", Text(shown, "problem"));
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_from_the_disk()
    {
        var (workspace, channel) = await BeginAsync();
        var bytes = SomeFile.Png();
        server.Platform.Has("back-1", bytes);
        var begun = BeginAsync(workspace, channel, Photo("back-1"), out var customer, out var message);
        var url = Text(await FileIsAsync(workspace, await begun, "ready"), "url")!;
        Assert.Contains(server.StoredFiles(), f => f.SequenceEqual(bytes));

        await server.SendAsync(new ReceiveWithdrawal(channel, new MessageWithdrawn(customer, message)));
        using var answer = await server.GetFileAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Eventually.SeesAsync(() => Task.FromResult(server.StoredFiles().Exists(f => f.SequenceEqual(bytes))), there => !there, "no bytes on the disk");
    }

    [Fact]
    public async Task What_is_taken_back_while_it_comes_is_not_kept()
    {
        var (workspace, channel) = await BeginAsync();
        var bytes = SomeFile.Png();
        var gate = server.Platform.HasSlowly("late-1", bytes);
        var begun = BeginAsync(workspace, channel, Photo("late-1"), out var customer, out var message);
        await begun;
        await Eventually.SeesAsync(() => Task.FromResult(server.Platform.Asked.Any(a => a.RemoteId == "late-1")), asked => asked, "the file asked for");

        await server.SendAsync(new ReceiveWithdrawal(channel, new MessageWithdrawn(customer, message)));
        gate.SetResult();
        server.Platform.Has("later-1", SomeFile.Png());
        await FileIsAsync(workspace, await BeginAsync(workspace, channel, Photo("later-1")), "ready");

        await Eventually.SeesAsync(() => Task.FromResult(server.StoredFiles().Exists(f => f.SequenceEqual(bytes))), there => !there, "no bytes on the disk");
    }

    private static InboundFile Photo(string remoteId) => new(FileKind.Image) { RemoteId = remoteId };

    private async Task<(TestWorkspace Workspace, long Channel)> BeginAsync()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        return (workspace, await server.ConnectAsync(workspace));
    }

    private Task<string> BeginAsync(TestWorkspace workspace, long channel, InboundFile file) => BeginAsync(workspace, channel, file, out _, out _);

    private Task<string> BeginAsync(TestWorkspace workspace, long channel, InboundFile file, out string customer, out string message)
    {
        (customer, message) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        return server.BeginAsync(workspace, channel, customer, message, file);
    }

    // By looking again: the file may have been ready before anybody listened.
    private static Task<JsonElement> FileIsAsync(TestWorkspace workspace, string conversation, string status) => Eventually.SeesAsync(
        async () =>
        {
            await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
            return FileOf((await chat.NextAsync("recent_messages")).GetProperty("messages")[0]);
        },
        file => Text(file, "status") == status,
        $"a file that is {status}");

    private static JsonElement FileOf(JsonElement message) => message.GetProperty("attachments")[0];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
}

using System.Net;
using System.Text;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Attachments;

public sealed class UploadingAFile(FileServer server) : IClassFixture<FileServer>
{
    private const int Limit = 20 * 1024 * 1024;

    [Fact]
    public async Task It_is_shown_as_what_its_content_is()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var shown = await server.UploadedAsync(agent, SomeFile.Png(640, 480, length: 3000), "../holiday.exe");

        Assert.Matches("^att_[0-9]+$", shown.GetProperty("id").GetString()!);
        Assert.Equal(("image", "holiday.exe", "image/png"), (Text(shown, "kind"), Text(shown, "name"), Text(shown, "media_type")));
        Assert.Equal((3000, 640, 480), (shown.GetProperty("size").GetInt64(), shown.GetProperty("width").GetInt32(), shown.GetProperty("height").GetInt32()));
        Assert.Equal("ready", Text(shown, "status"));
        Assert.StartsWith($"/api/v1/attachments/{Text(shown, "id")}?signature=", Text(shown, "url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_limit_is_taken()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var shown = await server.UploadedAsync(agent, new byte[Limit], "zeros.bin");

        Assert.Equal((Limit, "application/octet-stream", "file"), (shown.GetProperty("size").GetInt64(), Text(shown, "media_type"), Text(shown, "kind")));
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(Limit + (1024 * 1024))]
    public async Task A_larger_one_is_refused_with_the_limit_in_words_and_nothing_of_it_stays(int length)
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var answer = await server.UploadAsync(agent, new byte[length]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Equal(("attachment_too_large", "The file is larger than 20 MiB"), (Text(answer.Json, "code"), Text(answer.Json, "title")));
        await Eventually.SeesAsync(() => CountAsync(agent), n => n == 0, "no row of the refused upload");
    }

    [Fact]
    public async Task A_larger_one_that_does_not_say_how_large_it_is_is_refused_alike()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        using var form = SomeFile.AsForm(new byte[Limit + 1]);
        using var chunked = new StreamContent(await form.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        chunked.Headers.ContentType = form.Headers.ContentType;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/attachments") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new("Bearer", agent.Token);

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("attachment_too_large", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_refused()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var empty = await server.UploadAsync(agent, []);
        var other = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/attachments", SomeFile.AsForm([1], field: "photo"), agent.Token);
        var json = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/attachments", new { file = "abc" }, agent.Token);

        Assert.Equal((HttpStatusCode.BadRequest, "attachment_empty"), (empty.Status, Text(empty.Json, "code")));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_field"), (other.Status, Text(other.Json, "code")));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), (json.Status, Text(json.Json, "code")));
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nThe end is miss")]
    [InlineData("--b\r\nContent-Disp")]
    [InlineData("nothing of the kind")]
    [InlineData("")]
    public async Task A_broken_body_is_the_client_s_fault(string body)
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        var answer = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/attachments", content, agent.Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        await Eventually.SeesAsync(() => CountAsync(agent), n => n == 0, "no row of the broken upload");
    }

    [Fact]
    public async Task A_stranger_uploads_nothing()
    {
        var answer = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/attachments", SomeFile.AsForm([1]));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    private async Task<int> CountAsync(TestAgent agent)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Attachments.CountAsync(a => a.UploadedBy == agent.Id && a.Status != AttachmentStatus.Ready);
    }

    private static string Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString()!;
}

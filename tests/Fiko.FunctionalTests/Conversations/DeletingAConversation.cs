using System.Net;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Conversations;

public sealed class DeletingAConversation(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_is_erased_with_all_that_was_said_in_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var owner = workspace.Owner;
        var conversation = await workspace.BeginAsync("sara");
        var bytes = SomeFile.Png();
        var upload = await server.UploadedAsync(owner, bytes);
        Assert.True(IsStored(bytes));
        await server.DoAsync(owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "Here", attachments = new[] { upload.Text("id") } });
        await server.DoAsync(owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = "Hm" });
        await server.DoAsync(owner, HttpMethod.Put, $"conversations/{conversation}/draft", new { content = "Hm" });
        await server.PatchAsync(owner, conversation, new { tags = new[] { "vip" } });
        await server.DoAsync(owner, HttpMethod.Post, $"conversations/{conversation}/read");

        await server.DoAsync(owner, HttpMethod.Delete, $"conversations/{conversation}");

        await server.AskAsync(owner, HttpMethod.Get, $"conversations/{conversation}").IsRefusedAsync(HttpStatusCode.NotFound, "conversation_not_found");
        Assert.True(ConversationId.TryParse(conversation, out var id));
        Assert.Equal(0, await CountAsync(db => db.Messages.Where(m => m.ConversationId == id.Value)));
        Assert.Equal(0, await CountAsync(db => db.ConversationTags.Where(m => m.ConversationId == id.Value)));
        Assert.Equal(0, await CountAsync(db => db.Drafts.Where(m => m.ConversationId == id.Value)));
        Assert.Equal(0, await CountAsync(db => db.ReadPositions.Where(m => m.ConversationId == id.Value)));
        Assert.Equal(1, await CountAsync(db => db.Tags.Where(t => t.WorkspaceId == workspace.Id)));

        // The row stays until the store has forgotten the bytes.
        Assert.True(AttachmentId.TryParse(upload.Text("id"), out var file));
        await Eventually.SeesAsync(
            () => CountAsync(db => db.Attachments.Where(a => a.Id == file.Value)), n => n == 0, "the bytes to be forgotten");
        Assert.False(IsStored(bytes));
    }

    [Fact]
    public async Task Lists_hear_of_it_and_its_chats_close()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await using var chat = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await list.DrainAsync();
        await chat.DrainAsync();

        await server.DoAsync(workspace.Owner, HttpMethod.Delete, $"conversations/{conversation}");

        var heard = await list.NextAsync("conversation_updated");
        Assert.Equal((conversation, "deleted", JsonValueKind.Null), (heard.Text("conversation_id"), heard.Text("reason"), heard.At("conversation").ValueKind));
        Assert.Equal(4404, await chat.ClosedAsync());
    }

    [Fact]
    public async Task Only_an_administrator_may()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Agents[1], HttpMethod.Delete, $"conversations/{conversation}").IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");

        await server.ShowAsync(workspace.Owner, conversation);
    }

    private bool IsStored(byte[] bytes) =>
        Directory.EnumerateFiles(Path.Combine(server.DataFolder, "files"), "*", SearchOption.AllDirectories).Any(f => File.ReadAllBytes(f).AsSpan().SequenceEqual(bytes));

    private async Task<int> CountAsync<T>(Func<IFikoDb, IQueryable<T>> rows)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await rows(scope.ServiceProvider.GetRequiredService<IFikoDb>()).CountAsync();
    }
}

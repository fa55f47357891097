using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;

namespace Fiko.Benchmarks;

/// <summary>10,000 conversations in one workspace and 10,000 messages in one of them, in a SQLite file, and what is done with them.</summary>
public sealed class BusyWorkspace : IAsyncDisposable
{
    private const int Conversations = 10_000;
    private const int Messages = 10_000;
    private const int Missed = 100;
    private const int Page = 100;

    private readonly Store _store;
    private readonly SeededWorkspace _workspace;
    private readonly ConversationId _chat;
    private readonly ConversationId _other;
    private readonly string _latePage;
    private readonly string _chatCursor;
    private readonly string _listCursor;
    private long _number;

    private BusyWorkspace(Store store, SeededWorkspace workspace, ConversationId chat, ConversationId other, string latePage, string chatCursor, string listCursor) =>
        (_store, _workspace, _chat, _other, _latePage, _chatCursor, _listCursor) = (store, workspace, chat, other, latePage, chatCursor, listCursor);

    /// <summary>What is measured, by name. The reads come first: they find the rows that the seeding left.</summary>
    public IReadOnlyList<(string Name, Func<Task> Run)> Scenarios =>
    [
        ("open a chat of 10,000 messages", OpenChatAsync),
        ("first page of 10,000 conversations", FirstPageAsync),
        ("a late page of them", LatePageAsync),
        ("resume a chat, 100 missed", ResumeChatAsync),
        ("resume the list, 100 missed", ResumeListAsync),
        ("send on the API channel", SendAsync),
        ("receive on the API channel", ReceiveAsync),
    ];

    public static async Task<BusyWorkspace> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fiko-bench-");
        var database = new TestDatabase(DatabaseOptions.Sqlite, $"Data Source={Path.Combine(folder.FullName, "fiko.db")}", folder, () =>
        {
            SqliteConnection.ClearAllPools();
            return ValueTask.CompletedTask;
        });
        var store = new Store(database, recorded: false);
        await store.MigrateAsync(CancellationToken.None);
        var workspace = await SeededWorkspace.CreateAsync(store);
        var ids = await workspace.BeginAsync(Conversations);
        var (chat, other) = (ids[Conversations / 2], ids[Conversations / 3]);
        await workspace.WriteAsync(chat, Messages - Missed);
        var chatCursor = Cursor.Write(workspace.Stamp, await store.HeadAsync(workspace.Id));
        await workspace.WriteAsync(chat, Missed);
        var head = await store.HeadAsync(workspace.Id);

        return new BusyWorkspace(store, workspace, new(chat), new(other), await LatePageAsync(store, workspace), chatCursor, Cursor.Write(workspace.Stamp, head - Missed));
    }

    public Task OpenChatAsync() => _store.SendAsync(new OpenChat(_workspace.Caller, _chat));

    public Task FirstPageAsync() => _store.SendAsync(new ListConversations(_workspace.Caller, Page));

    public Task LatePageAsync() => _store.SendAsync(new ListConversations(_workspace.Caller, Page, _latePage));

    public Task ResumeChatAsync() => _store.SendAsync(new ResumeSocket(_workspace.Caller, _chat, _chatCursor));

    public Task ResumeListAsync() => _store.SendAsync(new ResumeSocket(_workspace.Caller, null, _listCursor));

    public Task SendAsync() => _store.SendAsync(new SendMessage(_workspace.Caller, _other, "An answer", ClientId: $"c{++_number}"));

    public Task ReceiveAsync() => _store.SendAsync(
        new ReceiveApiMessage(_workspace.Api, $"m{++_number}", new ApiCustomer($"customer-{_number % 50}", "Ali"), "Where is my order?"));

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _store.Database.DisposeAsync();
    }

    private static async Task<string> LatePageAsync(Store store, SeededWorkspace workspace)
    {
        string? page = null;
        for (var seen = 0; seen < Conversations * 9 / 10; seen += 500)
        {
            page = (await store.SendAsync(new ListConversations(workspace.Caller, 500, page))).NextPage;
        }

        return page!;
    }
}

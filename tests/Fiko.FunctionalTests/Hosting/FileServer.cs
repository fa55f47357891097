using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A server with a platform that a test leads by hand, on which failed fetches are repeated soon.</summary>
public class FileServer : FikoServer
{
    public const string PlatformToken = "the-token-of-the-platform";

    public FileServer()
    {
        Settings["Files:Backoff"] = "00:00:00.010";
        Settings["Files:MaxBackoff"] = "00:00:00.020";
        Settings["Files:MaxAttempts"] = "3";
        Settings["Files:MaxDownloadSize"] = "1048576";
        Services = services => services.AddSingleton<IChannel>(Platform);
    }

    public FilePlatform Platform { get; } = new();

    private DirectoryInfo Folder => new(Path.Combine(DataFolder, "files"));

    /// <summary>Every file in the store, as an operator finds them.</summary>
    public List<byte[]> StoredFiles() => [.. Folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(Read).OfType<byte[]>()];

    /// <summary>The workspace gets an account of the platform.</summary>
    public async Task<long> ConnectAsync(TestWorkspace workspace)
    {
        await using var scope = Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var channel = new ChannelAccount(workspace.Id, Platform.Name, "Post", null, Guid.NewGuid().ToString("N"), TimeProvider.System.Now());
                channel.Arm(scope.ServiceProvider.GetRequiredService<ISecrets>().Seal(PlatformToken), null, polls: false);
                db.Channels.Add(channel);
                await db.SaveChangesAsync(CancellationToken.None);
                return channel.Id;
            },
            CancellationToken.None);
    }

    /// <summary>A customer writes, with files.</summary>
    public Task<bool> ReceiveAsync(long channel, string customer, string id, params InboundFile[] files) => SendAsync(
        new ReceiveMessage(channel, new CustomerWrote(customer, new CustomerProfile(customer), id, files.Length == 0 ? "text" : "photo", "[photo]") { Files = files }));

    /// <summary>A customer writes for the first time.</summary>
    /// <returns>The conversation's id on the wire.</returns>
    public async Task<string> BeginAsync(TestWorkspace workspace, long channel, string customer, string id, params InboundFile[] files)
    {
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();
        await ReceiveAsync(channel, customer, id, files);
        var heard = await list.NextAsync("new_customer_message");
        return heard.GetProperty("conversation_id").GetString()!;
    }

    public async Task<TResult> SendAsync<TResult>(IRequest<TResult> request)
    {
        await using var scope = Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static byte[]? Read(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (FileNotFoundException)
        {
            // Deleted since it was listed.
            return null;
        }
    }
}

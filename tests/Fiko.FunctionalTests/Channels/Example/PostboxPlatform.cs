using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Channels.Example;

/// <summary>An account of Postbox, and the boxes of its customers.</summary>
internal sealed class PostboxPlatform(FikoServer server, PostOffice office, TestWorkspace workspace, long channel, string secret)
    : PlatformUnderTest(server, workspace, channel)
{
    public override string Source => "postbox";

    public static async Task<PostboxPlatform> ConnectAsync(FikoServer server, PostOffice office)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await using var scope = server.Provider.CreateAsyncScope();
        var (db, secrets) = (scope.ServiceProvider.GetRequiredService<IFikoDb>(), scope.ServiceProvider.GetRequiredService<ISecrets>());
        var channel = new ChannelAccount(workspace.Id, "postbox", "Postbox", null, NewCustomer(), TimeProvider.System.GetUtcNow());
        channel.Arm(secrets.Seal("key"), secrets.Seal(secret), polls: false);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () =>
            {
                db.Channels.Add(channel);
                return db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
        office.FailNext(default, 0);
        return new PostboxPlatform(server, office, workspace, channel.Id, secret);
    }

    public override string Text(string customer, string message, string text, string? replyTo = null) => JsonSerializer.Serialize(
        new { @event = "letter", id = $"call-{message}", box = customer, name = "Negar", letter = message, text, reply_to = replyTo });

    public override string UnknownKind() => """{"event":"hologram","id":"call-0","depth":3}""";

    public override Task<HttpStatusCode> PostAsync(string body, Proof proof = Proof.Right) =>
        PostAsync($"/webhooks/postbox/{Channel}", body, "X-Postbox-Secret", Spoil(secret, proof));

    public override Task WriteAsync(string customer, string text) => TakeAsync(Text(customer, office.Keep(customer, text, fromBusiness: false), text));

    public override Task<CustomersView> LookAsync(string customer) => Task.FromResult(office.Look(customer));

    public override Task FailNextAsync(Fault fault, int count = 1)
    {
        office.FailNext(fault, count);
        return Task.CompletedTask;
    }
}

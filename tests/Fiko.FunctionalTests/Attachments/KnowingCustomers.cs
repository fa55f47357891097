using System.Net;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Attachments;

public sealed class KnowingCustomers(FileServer server) : IClassFixture<FileServer>
{
    [Fact]
    public async Task Who_wrote_is_known_after_the_message()
    {
        var (workspace, channel, customer) = await BeginAsync();
        var bytes = SomeFile.Png();
        server.Platform.Has($"picture-{customer}", bytes);
        server.Platform.Knows(customer, new ProfileOutcome.Known(new CustomerProfile("Negar", "Ahmadi", "negar"), $"picture-{customer}", "v1"));
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await server.ReceiveAsync(channel, customer, "1");

        var heard = await list.NextAsync("new_customer_message");
        var known = CustomerOf(await list.NextAsync(f => FikoSocket.TypeOf(f) == "conversation_updated" && Reason(f) == "customer", "the customer's profile"));
        using var answer = await server.GetFileAsync(Text(known, "avatar_url")!);
        Assert.Equal(customer, Text(CustomerOf(heard), "first_name"));
        Assert.Equal(("Negar", "Ahmadi", "negar"), (Text(known, "first_name"), Text(known, "last_name"), Text(known, "username")));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_new_picture_takes_the_place_of_the_old_one()
    {
        var (workspace, channel, customer) = await BeginAsync();
        var (first, second) = (SomeFile.Png(), SomeFile.Png());
        server.Platform.Has($"first-{customer}", first);
        server.Platform.Has($"second-{customer}", second);
        var profile = new CustomerProfile("Negar");
        server.Platform.Knows(customer, new ProfileOutcome.Known(profile, $"first-{customer}", "v1"));
        await server.BeginAsync(workspace, channel, customer, "1");
        var old = await PictureAsync(customer, id => id is not null);

        server.Platform.Knows(customer, new ProfileOutcome.Known(profile, $"second-{customer}", "v2"));
        await AskAgainAsync(customer);

        await PictureAsync(customer, id => id is not null && id != old);
        await Eventually.SeesAsync(() => Task.FromResult(Stored(first)), there => !there, "the first picture gone from the disk");
        Assert.True(Stored(second));
    }

    [Fact]
    public async Task The_same_picture_is_fetched_once()
    {
        var (workspace, channel, customer) = await BeginAsync();
        server.Platform.Has($"same-{customer}", SomeFile.Png());
        server.Platform.Knows(customer, new ProfileOutcome.Known(new CustomerProfile("Negar"), $"same-{customer}", "v1"));
        await server.BeginAsync(workspace, channel, customer, "1");
        await PictureAsync(customer, id => id is not null);

        await AskAgainAsync(customer);
        await Eventually.SeesAsync(() => Task.FromResult(server.Platform.AskedProfiles.Count(a => a == customer)), n => n == 2, "a second question");
        await IdleAsync(customer);

        Assert.Single(server.Platform.Asked, a => a.RemoteId == $"same-{customer}");
    }

    [Fact]
    public async Task A_picture_that_was_taken_away_is_shown_no_more()
    {
        var (workspace, channel, customer) = await BeginAsync();
        var bytes = SomeFile.Png();
        server.Platform.Has($"away-{customer}", bytes);
        server.Platform.Knows(customer, new ProfileOutcome.Known(new CustomerProfile("Negar"), $"away-{customer}", "v1"));
        await server.BeginAsync(workspace, channel, customer, "1");
        await PictureAsync(customer, id => id is not null);

        server.Platform.Knows(customer, new ProfileOutcome.Known(new CustomerProfile("Negar")));
        await AskAgainAsync(customer);

        await PictureAsync(customer, id => id is null);
        await Eventually.SeesAsync(() => Task.FromResult(Stored(bytes)), there => !there, "the picture gone from the disk");
    }

    [Fact]
    public async Task What_is_no_picture_is_not_shown_as_one()
    {
        var (workspace, channel, customer) = await BeginAsync();
        server.Platform.Has($"page-{customer}", [.. "<html><script>alert(1)</script>"u8]);
        server.Platform.Knows(customer, new ProfileOutcome.Known(new CustomerProfile("Negar"), $"page-{customer}", "v1"));
        await server.BeginAsync(workspace, channel, customer, "1");

        await IdleAsync(customer);

        await PictureAsync(customer, id => id is null);
    }

    [Fact]
    public async Task A_platform_that_does_not_say_is_not_pressed()
    {
        var (workspace, channel, customer) = await BeginAsync();
        await server.BeginAsync(workspace, channel, customer, "1");
        await IdleAsync(customer);

        await server.ReceiveAsync(channel, customer, "2");
        await IdleAsync(customer);

        Assert.Single(server.Platform.AskedProfiles, a => a == customer);
    }

    [Fact]
    public async Task A_platform_that_is_busy_is_asked_a_few_times_more()
    {
        var (workspace, channel, customer) = await BeginAsync();
        server.Platform.Knows(customer, new ProfileOutcome.TryAgain("Busy"));
        await server.BeginAsync(workspace, channel, customer, "1");

        await IdleAsync(customer);

        Assert.Equal(3, server.Platform.AskedProfiles.Count(a => a == customer));
    }

    private async Task<(TestWorkspace Workspace, long Channel, string Customer)> BeginAsync()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        return (workspace, await server.ConnectAsync(workspace), Guid.NewGuid().ToString("N"));
    }

    private bool Stored(byte[] bytes) => server.StoredFiles().Exists(f => f.SequenceEqual(bytes));

    private Task<long?> PictureAsync(string customer, Func<long?, bool> wanted) =>
        Eventually.SeesAsync(() => ReadAsync(customer, a => a.Customer.AvatarId), wanted, "the customer's picture");

    // What was due has been asked for and settled.
    private Task<bool> IdleAsync(string customer) =>
        Eventually.SeesAsync(() => ReadAsync(customer, a => a.ProfileDueAt == null && a.ProfileKnownAt != null), settled => settled, "a settled profile");

    private async Task<TResult> ReadAsync<TResult>(string customer, Func<ChannelAddress, TResult> look)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return look(await scope.ServiceProvider.GetRequiredService<IFikoDb>().ChannelAddresses.Include(a => a.Customer).SingleAsync(a => a.Address == customer));
    }

    // As the first message of the next day would.
    private async Task AskAgainAsync(string customer)
    {
        await IdleAsync(customer);
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                (await db.ChannelAddresses.SingleAsync(a => a.Address == customer)).AskProfile(TimeProvider.System.Now());
                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }

    private static JsonElement CustomerOf(JsonElement frame) => frame.GetProperty("conversation").GetProperty("customer");

    private static string? Reason(JsonElement frame) => frame.GetProperty("reason").GetString();

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}

using Fiko.FunctionalTests.Crash;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Instances;

/// <summary>protocol.md, Presence: after a crashed instance its users are offline within 30 s.</summary>
public sealed class LosingAnInstance(TwoInstances servers) : IClassFixture<TwoInstances>
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Its_users_are_offline_within_thirty_seconds_and_nobody_types_for_ever()
    {
        var workspace = await TestWorkspace.CreateAsync(servers.One, agents: 2);
        var conversation = await workspace.BeginAsync("sara");
        await using var watcher = await FikoSocket.OpenAsync(servers.One.Socket($"/ws/chat/{conversation}/?token={workspace.Owner.Token}"));
        await watcher.DrainAsync();
        await using var doomed = new ServerProcess(
            servers.One,
            [
                .. servers.One.DatabaseSettings.Select(s => $"--{s.Key}={s.Value}"),
                $"--Redis:ConnectionString={servers.Redis.ConnectionString}",
                "--Demo:Enabled=false",
            ]);
        await doomed.StartAsync();
        await using var visitor = await FikoSocket.OpenAsync(doomed.Socket($"/ws/chat/{conversation}/?token={workspace.Agents[1].Token}"));
        await visitor.SendAsync(new { type = "typing", is_typing = true });
        await watcher.NextAsync("typing_indicator");

        var killed = TimeProvider.System.GetTimestamp();
        await doomed.KillAsync();
        await Eventually.SeesAsync(() => Task.FromResult(IsSeen("typing_indicator", "is_typing")), seen => seen, "the typing to end");
        await Eventually.SeesAsync(() => Task.FromResult(IsSeen("user_presence", "is_online")), seen => seen, "the user to be offline", Lease);

        Assert.InRange(TimeProvider.System.GetElapsedTime(killed), TimeSpan.Zero, Lease);

        bool IsSeen(string type, string over) => watcher.Heard.Any(f => f.IsA(type) && f.Number("user_id") == workspace.Agents[1].Id && !f.At(over).GetBoolean());
    }
}

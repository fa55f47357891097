using System.Net;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Things that happen in two conversations of a workspace, chosen by a seed: messages of both sides, readings, edits.</summary>
public sealed class Story : IAsyncDisposable
{
    private static readonly string[] Customers = ["sara", "reza"];

    private readonly FikoServer _server;
    private readonly TestWorkspace _workspace;
    private readonly Random _random;
    private readonly List<FikoSocket> _agents = [];
    private readonly List<(string Customer, string ExternalId)> _written = [];
    private int _number;

    private Story(FikoServer server, TestWorkspace workspace, int seed) => (_server, _workspace, _random) = (server, workspace, new Random(seed));

    public List<string> Conversations { get; } = [];

    public Random Chance => _random;

    public static async Task<Story> BeginAsync(FikoServer server, TestWorkspace workspace, int seed)
    {
        var story = new Story(server, workspace, seed);
        foreach (var customer in Customers)
        {
            story.Conversations.Add(await workspace.BeginAsync(customer));
            story._agents.Add(await workspace.OpenChatAsync(workspace.Owner, story.Conversations[^1]));
        }

        return story;
    }

    /// <summary>Returns when everything has happened.</summary>
    public async Task GoOnAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
        }

        foreach (var agent in _agents)
        {
            await agent.DrainAsync();
            Assert.DoesNotContain(agent.Heard, f => f.IsA("error"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }
    }

    private Task StepAsync()
    {
        var whose = _random.Next(Customers.Length);
        return _random.Next(10) switch
        {
            < 4 => WriteAsync(Customers[whose]),
            < 7 => _agents[whose].SendAsync(new { type = "chat_message", content = $"پاسخ {++_number} 🌹" }),
            < 8 => _agents[whose].SendAsync(new { type = "mark_read" }),
            _ => EditAsync(),
        };
    }

    private async Task WriteAsync(string customer)
    {
        _written.Add((customer, $"{++_number}"));
        Assert.Equal(HttpStatusCode.Accepted, await _workspace.WriteAsync(customer, $"پیام {_number}", externalId: $"{_number}"));
    }

    // The API channel has no way to edit; the command behind the platforms' ways does.
    private async Task EditAsync()
    {
        if (_written.Count == 0)
        {
            return;
        }

        var (customer, id) = _written[_random.Next(_written.Count)];
        await using var scope = _server.Provider.CreateAsyncScope();
        var edited = new CustomerEdited(customer, id, $"ویرایش {++_number}");
        Assert.Equal(NewsResult.Done, await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReceiveEdit(_workspace.ChannelId, edited)));
    }
}

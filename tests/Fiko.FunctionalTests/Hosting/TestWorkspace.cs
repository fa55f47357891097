using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Auth;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A workspace of one test's own: agents who are logged in, and an API channel that customers write through.</summary>
public sealed class TestWorkspace
{
    public const string Password = "correct horse battery";

    private static int _number;

    private readonly FikoServer _server;
    private readonly string _key;

    private TestWorkspace(FikoServer server, long id, long channelId, string key, IReadOnlyList<TestAgent> agents) =>
        (_server, Id, ChannelId, _key, Agents) = (server, id, channelId, key, agents);

    public long Id { get; }

    public long ChannelId { get; }

    /// <summary>The first is the owner.</summary>
    public IReadOnlyList<TestAgent> Agents { get; }

    public TestAgent Owner => Agents[0];

    public static async Task<TestWorkspace> CreateAsync(FikoServer server, int agents = 2)
    {
        var mark = $"w{Interlocked.Increment(ref _number)}-{Guid.NewGuid():N}";
        var key = $"fk_{mark}";
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var hash = scope.ServiceProvider.GetRequiredService<IPasswords>().Hash(Password);
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().Now();
        var (workspaceId, channelId, people) = await unit.CommitAsync(
            async () =>
            {
                var workspace = new Workspace(mark, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), now);
                db.Workspaces.Add(workspace);
                await db.SaveChangesAsync(CancellationToken.None);
                var channel = new ChannelAccount(workspace.Id, ChannelName.Api, "Tests", null, null, now);
                channel.SetKeyHash(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
                db.Channels.Add(channel);
                var members = Enumerable.Range(0, agents)
                    .Select(n => new Agent(workspace.Id, $"agent{n}@{mark}.test", "Agent", $"{n}", n == 0 ? Role.Owner : Role.Agent, now))
                    .ToList();
                members.ForEach(m => m.SetPasswordHash(hash));
                db.Agents.AddRange(members);
                await db.SaveChangesAsync(CancellationToken.None);
                return (workspace.Id, channel.Id, members);
            },
            CancellationToken.None);

        var known = new List<TestAgent>();
        foreach (var person in people)
        {
            known.Add(new TestAgent(person.Id, person.DisplayName, person.Email, await server.LogInAsync(person.Email, Password)));
        }

        return new TestWorkspace(server, workspaceId, channelId, key, known);
    }

    /// <summary>A customer writes through the API channel, where there are several servers through any of them.</summary>
    public async Task<HttpStatusCode> WriteAsync(string customer, string text, string? externalId = null, string firstName = "Customer", FikoServer? through = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/channels/{ChannelId}/messages")
        {
            Content = JsonContent.Create(new
            {
                external_id = externalId ?? Guid.NewGuid().ToString("N"),
                customer = new { external_id = customer, first_name = firstName, last_name = customer },
                text,
            }),
        };
        request.Headers.Add("X-Fiko-Channel-Key", _key);
        using var answer = await (through ?? _server).Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A customer writes for the first time.</summary>
    /// <returns>The conversation's id on the wire.</returns>
    public async Task<string> BeginAsync(string customer, string text = "Hello")
    {
        await using var list = await OpenListAsync(Owner);
        await list.DrainAsync();
        Assert.Equal(HttpStatusCode.Accepted, await WriteAsync(customer, text));
        var heard = await list.NextAsync(
            f => FikoSocket.TypeOf(f) == "new_customer_message"
                && f.GetProperty("conversation").GetProperty("customer").GetProperty("last_name").GetString() == customer,
            $"the first message of {customer}");
        return heard.GetProperty("conversation_id").GetString()!;
    }

    public Task<FikoSocket> OpenListAsync(TestAgent agent, string query = "") =>
        FikoSocket.OpenAsync(_server.Socket($"/ws/conversations/?token={agent.Token}{query}"));

    public Task<FikoSocket> OpenChatAsync(TestAgent agent, string conversation, string query = "") =>
        FikoSocket.OpenAsync(_server.Socket($"/ws/chat/{conversation}/?token={agent.Token}{query}"));
}

/// <param name="Id">The wire's user_id.</param>
/// <param name="Token">An access token.</param>
public sealed record TestAgent(long Id, string Name, string Email, string Token);

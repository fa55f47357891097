using System.Collections.Concurrent;
using Fiko.Application.Channels;
using Fiko.Domain.Channels;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A platform that a test leads by hand: what a file is, how long it takes, and who a customer is.</summary>
public sealed class FilePlatform : IChannel, ICarriesFiles, IKnowsProfiles
{
    private readonly ConcurrentDictionary<string, Func<Stream, long, CancellationToken, Task<FetchOutcome>>> _files = [];
    private readonly ConcurrentDictionary<string, ProfileOutcome> _profiles = [];

    public string Name => "post";

    public AnswerWindow? Window => null;

    public SendLimits Limits { get; } = new(new SendRate(100, TimeSpan.Zero), new SendRate(100, TimeSpan.Zero));

    /// <summary>Which files were asked for, and by which token.</summary>
    public ConcurrentQueue<(string RemoteId, string Token)> Asked { get; } = [];

    public ConcurrentQueue<string> AskedProfiles { get; } = [];

    public void Has(string remoteId, byte[] bytes) => Has(remoteId, async (to, _, ct) =>
    {
        await to.WriteAsync(bytes, ct);
        return new FetchOutcome.Fetched();
    });

    public void Has(string remoteId, Func<Stream, long, CancellationToken, Task<FetchOutcome>> fetch) => _files[remoteId] = fetch;

    /// <summary>A file that comes only when the test lets it.</summary>
    public TaskCompletionSource HasSlowly(string remoteId, byte[] bytes)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Has(remoteId, async (to, _, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            await to.WriteAsync(bytes, ct);
            return new FetchOutcome.Fetched();
        });
        return gate;
    }

    public void Knows(string address, ProfileOutcome profile) => _profiles[address] = profile;

    public Task<FetchOutcome> FetchAsync(ChannelConnection channel, string remoteId, Stream to, long limit, CancellationToken ct)
    {
        Asked.Enqueue((remoteId, channel.Token));
        return _files.TryGetValue(remoteId, out var fetch) ? fetch(to, limit, ct) : Task.FromResult<FetchOutcome>(new FetchOutcome.Gone("No such file"));
    }

    public Task<ProfileOutcome> FetchProfileAsync(ChannelConnection channel, string address, CancellationToken ct)
    {
        AskedProfiles.Enqueue(address);
        return Task.FromResult(_profiles.TryGetValue(address, out var known) ? known : new ProfileOutcome.Withheld("Unknown here"));
    }

    public string? Objection(FileFacts file) => null;

    public string ScopeOf(string chat) => chat;

    public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) => [new PlannedPart(text)];

    public Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Sent(Guid.NewGuid().ToString("N")));

    public UpdateIdentity Identify(string body) => new(body, "");

    public InboundNews Read(string body) => new NothingToDo(body);
}

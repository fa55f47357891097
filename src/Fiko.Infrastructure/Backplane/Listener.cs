using Fiko.Application.Presence;
using Fiko.Infrastructure.Realtime;
using Microsoft.Extensions.Hosting;

namespace Fiko.Infrastructure.Backplane;

/// <summary>Does what the words of other instances ask for.</summary>
internal sealed class Listener(
    IBackplane backplane,
    EventFeed feed,
    SessionEvents sessions,
    PresenceBoard presence,
    TypingBoard typing,
    OnlineAgents online,
    IHostApplicationLifetime host) : IHostedService
{
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        (backplane.Heard, backplane.Lost, backplane.HeardAgain) = (Hear, Lose, CatchUp);
        feed.Unfollowed = presence.Forget;
        feed.Followed = AskWhoIsThere;
        _stopping = host.ApplicationStopping.Register(presence.Freeze);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await _stopping.DisposeAsync();

    private void Hear(Guid instance, BackplaneWord word)
    {
        switch (word)
        {
            case EventFrames frames:
                feed.Hear(frames);
                break;
            case LogHint hint:
                feed.Hear(hint);
                break;
            case Signed { Sign: { Kind: SignKind.Typing or SignKind.StoppedTyping } sign }:
                typing.Hear(sign);
                break;
            case Signed { Sign: var sign }:
                presence.Hear(instance, sign);
                break;
            case WhoIsThere { WorkspaceId: var workspace }:
                SayWhoIsHere(workspace);
                break;
            case Everybody everybody:
                presence.Hear(instance, everybody.WorkspaceId, everybody.Signs);
                break;
            case Online agents:
                online.Hear(instance, agents);
                break;
            case AccessEnded ended:
                sessions.Hear(ended);
                break;
        }
    }

    private void Lose(Guid instance)
    {
        presence.Lose(instance);
        online.Lose(instance);
    }

    // Both ways: what the others missed of this instance, and what this one missed of them.
    private void CatchUp()
    {
        foreach (var workspace in feed.Workspaces)
        {
            SayWhoIsHere(workspace);
            AskWhoIsThere(workspace);
        }
    }

    private void AskWhoIsThere(long workspace)
    {
        if (backplane.HasPeers)
        {
            backplane.Say(new WhoIsThere(workspace));
        }
    }

    private void SayWhoIsHere(long workspace) => backplane.Say(new Everybody(workspace, presence.Here(workspace)));
}

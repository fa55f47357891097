using System.Text.Json;
using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;
using MediatR;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket whose frames are requests: handled one after the other, each in a scope of its own.</summary>
internal abstract class RoutedConnection<TSession>(
    AcceptedSocket socket,
    TSession session,
    FrameRoutes<TSession> routes,
    CallerFeature proven,
    Topic topic,
    bool english,
    SocketParts parts) : SocketConnection(socket, proven, topic, english, parts)
{
    private const int MostAside = 16;

    private Task _aside = Task.CompletedTask;
    private int _asideCount;

    protected TSession Session { get; private set; } = session;

    /// <summary>The session of this socket, as somebody who has proved anew who they are.</summary>
    protected abstract TSession SessionOf(Caller by);

    protected override async Task HandleAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        var origin = new FrameOrigin(English);
        try
        {
            using var document = IncomingFrame.Parse(frame);
            var type = document.RootElement.Text("type");
            origin = origin with { RequestType = type, ClientId = document.RootElement.Text("client_id") };
            var route = type is null ? null : routes.Find(type);
            if (route is null)
            {
                throw BadFrameException.UnknownEvent();
            }

            if (route.RenewsToken)
            {
                await AuthenticateAsync(document.RootElement.Text("token"), type!, ct);
                return;
            }

            if (route.IsAside)
            {
                PutAside(route, document.RootElement.Clone(), origin);
                return;
            }

            await AnswerAsync(route.ShowsSnapshot, mediator => route.AskAsync(document.RootElement, Session, mediator, ct), ct);
        }
        catch (Exception problem)
        {
            // A peer that is gone is told nothing, and what its leaving interrupted is no failure.
            if (!ct.IsCancellationRequested)
            {
                Refuse(problem, origin);
            }
        }
    }

    /// <summary>Catches the socket up, and lets live frames follow. Where that does not work, it is still on hold and has heard nothing.</summary>
    protected Task<Resumed> ResumeAsync(ConversationId? chat, string cursor, CancellationToken ct) => Parts.Replays.CatchUpAsync(
        Live,
        cursor,
        (after, count) => AskAsync(mediator => mediator.Send(new ResumeSocket(By, chat, after) { PageSize = count }, ct)),
        ct);

    protected async Task<TAnswer> AskAsync<TAnswer>(Func<IMediator, Task<TAnswer>> ask)
    {
        await using var scope = Parts.Scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().From = From;
        return await ask(scope.ServiceProvider.GetRequiredService<IMediator>());
    }

    private async Task AuthenticateAsync(string? token, string type, CancellationToken ct)
    {
        var proof = token is null ? null : await ReadAsync(token, ct);
        if (proof is null || proof.Caller.AgentId != By.AgentId || proof.Caller.WorkspaceId != By.WorkspaceId)
        {
            Parts.Log.Unauthenticated();
            EndAuthentication(type);
            return;
        }

        Session = SessionOf(proof.Caller);
        Renew(proof);
    }

    private async Task<CallerFeature?> ReadAsync(string token, CancellationToken ct)
    {
        // Before the look, so that the registry can tell later whether it was too early.
        var moment = Parts.Registry.Moment;
        await using var scope = Parts.Scopes.CreateAsyncScope();
        var proof = await scope.ServiceProvider.GetRequiredService<TokenReader>().ReadAsync(token, ct);
        return proof is null ? null : proof with { Moment = moment };
    }

    private void PutAside(Route<TSession> route, JsonElement frame, FrameOrigin origin)
    {
        if (Interlocked.Increment(ref _asideCount) > MostAside)
        {
            Interlocked.Decrement(ref _asideCount);
            throw new BadFrameException("rate_limited", "Too many requests");
        }

        _aside = AfterAsync(_aside);

        async Task AfterAsync(Task before)
        {
            await before;
            try
            {
                // Not ended with the socket: what the platform was asked for is recorded, whoever still listens.
                await AnswerAsync(false, mediator => route.AskAsync(frame, Session, mediator, CancellationToken.None), CancellationToken.None);
            }
            catch (Exception problem)
            {
                Refuse(problem, origin);
            }
            finally
            {
                Interlocked.Decrement(ref _asideCount);
            }
        }
    }

    private async Task AnswerAsync(bool showsSnapshot, Func<IMediator, Task<ServerFrame?>> ask, CancellationToken ct)
    {
        if (!showsSnapshot)
        {
            if (await AskAsync(ask) is { } answer)
            {
                Say(answer);
            }

            return;
        }

        Live.Hold();
        try
        {
            var snapshot = await AskAsync(ask);
            var position = ((ISnapshotFrame)snapshot!).Position;
            Live.PassUntil(position);
            await Parts.Feed.ReachedAsync(By.WorkspaceId, position, ct);
            Live.Release(position, [Wire.Encode(snapshot)]);
        }
        catch
        {
            Live.Release();
            throw;
        }
    }
}

using Fiko.Application;
using Fiko.Infrastructure;
using MediatR;
using Microsoft.Extensions.Hosting;

namespace Fiko.SqlServerTests;

/// <summary>What no test reaches is not checked, so everything that could send has to have sent.</summary>
public sealed class SendingFromEveryHandler(Sent sent)
{
    // Those that send nothing from SQLite, and why.
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["Fiko.Application.Channels.RecordCheck"] = "is there for the audit, which writes it",
        ["Fiko.Application.Presence.SetTyping"] = "who types is told and not kept",
        ["Fiko.Infrastructure.Backplane.Listener"] = "passes on what other instances say",
        ["Fiko.Infrastructure.Backplane.OnlineAgents"] = "says who is connected",
        ["Fiko.Infrastructure.Backplane.RedisBackplane"] = "carries words through Redis",
        ["Fiko.Infrastructure.Persistence.CommitMarkSweeper"] = "runs on SQL Server alone, so RunningWhatIsWrittenForSqlServer runs it",
        ["Fiko.WebApi.Sockets.SocketDrain"] = "closes sockets",
        ["Fiko.WebApi.Sockets.SocketSweeper"] = "closes sockets",
    };

    [Fact]
    public void Each_request_has_sent_something() => Found.Nothing(SilentOf(Requests(typeof(ApplicationServices).Assembly.GetTypes()), sent.Senders));

    [Fact]
    public void So_has_each_job_of_the_background() =>
        Found.Nothing(SilentOf(Jobs(typeof(InfrastructureServices).Assembly.GetTypes()).Concat(Jobs(typeof(Program).Assembly.GetTypes())), sent.Senders));

    [Fact]
    public void No_request_is_called_silent_that_is_not() =>
        Found.Nothing(Silent.Keys.Intersect(Requests(typeof(ApplicationServices).Assembly.GetTypes())).Intersect(sent.Senders));

    [Fact]
    public void And_a_handler_that_sent_nothing_is_noticed() =>
        Assert.Equal([typeof(Unheard).FullName!], SilentOf(Requests([typeof(UnheardHandler)]), sent.Senders));

    [Fact]
    public void And_so_is_a_job() => Assert.Equal([typeof(IdleJob).FullName!], SilentOf(Jobs([typeof(IdleJob)]), sent.Senders));

    private static IEnumerable<string> Requests(IEnumerable<Type> types) => types
        .SelectMany(t => t.GetInterfaces())
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && !i.ContainsGenericParameters)
        .Select(i => i.GenericTypeArguments[0].FullName!);

    private static IEnumerable<string> Jobs(IEnumerable<Type> types) =>
        types.Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IHostedService).IsAssignableFrom(t)).Select(t => t.FullName!);

    private static IEnumerable<string> SilentOf(IEnumerable<string> all, IReadOnlySet<string> senders) =>
        all.Distinct().Where(name => !senders.Contains(name) && !Silent.ContainsKey(name)).Order(StringComparer.Ordinal);

    private sealed record Unheard : IRequest<Unit>;

    private sealed class UnheardHandler : IRequestHandler<Unheard, Unit>
    {
        public Task<Unit> Handle(Unheard request, CancellationToken cancellationToken) => Task.FromResult(Unit.Value);
    }

    private sealed class IdleJob : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}

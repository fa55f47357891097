using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Attachments;
using Fiko.Application.Audit;
using Fiko.Application.Auth;
using Fiko.Application.Channels;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Application.Webhooks;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.ArchitectureTests;

/// <summary>Each rule is a function from types to offenders.</summary>
internal static partial class TypeRules
{
    private static readonly Type[] HandlerShapes = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IPipelineBehavior<,>), typeof(IValidator<>)];

    private static readonly Type[] Outside =
    [
        typeof(IChannel), typeof(IFileStore), typeof(ITelegramAccounts), typeof(IInstagramAccounts), typeof(IChannelAccounts), typeof(IWebhookTargets),
        typeof(ITypingSignals), typeof(ISessionEvents), typeof(HttpClient), typeof(IHttpClientFactory),
        typeof(IServiceScopeFactory), typeof(IServiceProvider), typeof(IBroadcaster), typeof(TypingBoard), typeof(PresenceBoard),
    ];

    private static readonly string[] Banned = ["Manager", "Helper", "Util", "Service", "Base", "Common", "Impl", "Data", "Info"];

    public static string[] ForbiddenReferences(Assembly assembly, params string[] forbidden) =>
        [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => forbidden.Any(f => name == f || name.StartsWith($"{f}.", StringComparison.Ordinal)))];

    public static string[] ReferencesBeyond(Assembly assembly, params string[] allowed) =>
        [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !allowed.Any(f => name == f || name.StartsWith($"{f}.", StringComparison.Ordinal)))];

    /// <summary>Handlers, validators and behaviours are found by what they implement; nobody names them.</summary>
    public static Type[] ExposedHandlers(IEnumerable<Type> types) =>
        [.. types.Where(t => t is { IsClass: true, IsAbstract: false } && HandlerShapes.Any(shape => Implements(t, shape)) && (t.IsVisible || !t.IsSealed))];

    /// <summary>A command may be run again, and its transaction may fail: what it did outside the database can't be taken back.</summary>
    public static Type[] CommandsThatReachOut(IEnumerable<Type> types) =>
        [.. types.Where(HandlesCommand).Where(t => t.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => Outside.Contains(p.ParameterType)))];

    /// <summary>Who changes something says so in the audit.</summary>
    public static Type[] CommandsWithoutAudit(IEnumerable<Type> types) =>
        [.. types.Where(t => t is { IsAbstract: false, IsInterface: false } && Implements(t, typeof(ICommand<>)) && HasCaller(t) && !Implements(t, typeof(IAudited<>)))];

    /// <summary>The audit is written in a command's transaction: anything else that offers a note is never asked for it.</summary>
    public static Type[] AuditsInVain(IEnumerable<Type> types) =>
        [.. types.Where(t => t is { IsAbstract: false, IsInterface: false } && ResultsOf(t, typeof(IAudited<>)).Except(ResultsOf(t, typeof(ICommand<>))).Any())];

    public static Type[] VagueNames(IEnumerable<Type> types) => [.. types.Where(t => Word().Matches(t.Name).Any(w => Banned.Contains(w.Value)))];

    public static Type[] LooseFrames(IEnumerable<Type> types) =>
        [.. types.Where(t => t.IsSubclassOf(typeof(ServerFrame)) && !t.IsAbstract && !(t.IsSealed && IsRecord(t)))];

    public static string[] SharedWireNames(IEnumerable<Type> types) =>
        [.. Frames(types).GroupBy(WireNameOf).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>A frame is called as it is on the wire.</summary>
    public static Type[] MisnamedFrames(IEnumerable<Type> types) =>
        [.. Frames(types).Where(t => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(t.Name)}" != $"{WireNameOf(t)}_frame")];

    public static Type[] RequestsWithoutOneHandler(IEnumerable<Type> types)
    {
        var all = types.ToArray();
        var handled = all
            .SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .Select(i => i.GetGenericArguments()[0])
            .ToArray();
        return [.. all.Where(t => t is { IsAbstract: false, IsInterface: false } && Implements(t, typeof(IRequest<>)) && handled.Count(h => h == t) != 1)];
    }

    public static Type[] EventsNotInTheCatalog(IEnumerable<Type> types) =>
        [.. types.Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IDomainEvent)) && !IsInTheCatalog(t))];

    private static bool IsInTheCatalog(Type happened)
    {
        try
        {
            EventCatalog.Write((IDomainEvent)Empty(happened), workspaceId: 1, position: 1, TimeProvider.System.Now());
            return true;
        }
        catch (KeyNotFoundException)
        {
            return false;
        }
    }

    private static bool HasCaller(Type type) => type.GetProperties().Any(p => p.PropertyType == typeof(Caller));

    private static IEnumerable<Type> ResultsOf(Type type, Type shape) =>
        type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == shape).Select(i => i.GetGenericArguments()[0]);

    private static bool HandlesCommand(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType
            && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
            && Implements(i.GetGenericArguments()[0], typeof(ICommand<>)));

    private static bool Implements(Type type, Type shape) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == shape);

    private static IEnumerable<Type> Frames(IEnumerable<Type> types) => types.Where(t => t.IsSubclassOf(typeof(ServerFrame)) && !t.IsAbstract);

    private static string WireNameOf(Type frame) => ((ServerFrame)Empty(frame)).Type;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    // Frames and events are records without rules of their own, so an empty one can be made.
    private static object Empty(Type record)
    {
        var constructor = record.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}

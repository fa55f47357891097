using System.Reflection;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Conversations;

namespace Fiko.ArchitectureTests;

/// <summary>A note for colleagues has no way to a customer: nothing that a platform is told is made of one.</summary>
public sealed class KeepingNotesInside
{
    private const BindingFlags Anything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // All that the worker takes from the database and gives to a platform.
    private static readonly Type[] WaysOut =
    [
        .. Code.Types.Where(t => t is { IsInterface: true, Namespace: "Fiko.Application.Channels" } && (t == typeof(IChannel) || t.Name.StartsWith("IChanges", StringComparison.Ordinal)
            || t.Name.StartsWith("IReacts", StringComparison.Ordinal) || t.Name.StartsWith("ICarries", StringComparison.Ordinal)
            || t.Name.StartsWith("IShows", StringComparison.Ordinal) || t.Name.StartsWith("IKnows", StringComparison.Ordinal)
            || t.Name.StartsWith("IPushes", StringComparison.Ordinal))),
        typeof(ClaimDelivery), typeof(Claim), typeof(SettleDelivery), typeof(OutgoingMessage), typeof(OutgoingPiece), typeof(OutgoingPart), typeof(SentPart),
    ];

    private static readonly Type[] Notes = [typeof(InternalNote), typeof(AcceptNote), typeof(WriteNote)];

    [Fact]
    public void Every_way_out_is_looked_at() => Assert.True(WaysOut.Length >= 13, string.Join(' ', WaysOut.Select(t => t.Name)));

    [Fact]
    public void Nothing_that_a_platform_is_told_holds_a_note_or_a_message() =>
        Assert.Empty(WaysOut.SelectMany(Reachable).Where(t => Notes.Contains(t) || t == typeof(Message) || t == typeof(Conversation)).Distinct());

    [Fact]
    public void A_note_goes_nowhere_but_into_its_conversation() =>
        Assert.Equal(
            ["Conversation.Annotate", "Conversation.EditNote"],
            Takers(typeof(InternalNote)).Where(m => m.DeclaringType != typeof(InternalNote)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").Order(StringComparer.Ordinal));

    [Fact]
    public void What_makes_a_delivery_never_takes_a_note() =>
        Assert.DoesNotContain(
            Code.Domain.GetTypes().SelectMany(t => t.GetMethods(Anything)),
            m => Speaks(m, typeof(InternalNote)) && Speaks(m, typeof(Delivery), typeof(OutgoingPiece), typeof(OutgoingMessage)));

    [Fact]
    public void And_a_way_out_would_be_noticed()
    {
        Assert.Contains(typeof(InternalNote), Reachable(typeof(ILeaks)));
        Assert.Contains(typeof(Message), Reachable(typeof(ILeaksInAList)));
    }

    private static IEnumerable<MethodBase> Takers(Type wanted) =>
        Code.Types.Where(t => t.Assembly != typeof(KeepingNotesInside).Assembly && !t.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(Anything).Cast<MethodBase>().Concat(t.GetConstructors(Anything)))
            .Where(m => m.GetParameters().Any(p => p.ParameterType == wanted));

    private static bool Speaks(MethodInfo method, params Type[] of) =>
        of.Contains(method.ReturnType) || method.GetParameters().Any(p => of.SelectMany(t => Parts(p.ParameterType).Where(x => x == t)).Any());

    // Every type of ours that can be got at from one: what its methods take and give, and what those hold.
    private static HashSet<Type> Reachable(Type from)
    {
        var seen = new HashSet<Type>();
        var open = new Stack<Type>([from]);
        while (open.TryPop(out var type))
        {
            foreach (var next in Members(type).SelectMany(Parts).Where(t => t.Namespace?.StartsWith("Fiko", StringComparison.Ordinal) is true && seen.Add(t)))
            {
                open.Push(next);
            }
        }

        return seen;
    }

    private static IEnumerable<Type> Members(Type type) =>
    [
        .. type.GetMethods(Anything).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)),
        .. type.GetConstructors(Anything).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)),
        .. type.GetFields(Anything).Select(f => f.FieldType),
        .. type.IsAbstract ? Code.Types.Where(t => t.BaseType == type) : [],
    ];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];

    private interface ILeaks
    {
        Task SendAsync(InternalNote note);
    }

    private interface ILeaksInAList
    {
        IReadOnlyList<Message> Next();
    }
}

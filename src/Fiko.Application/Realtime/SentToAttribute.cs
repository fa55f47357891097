namespace Fiko.Application.Realtime;

/// <summary>The kinds of sockets on which a frame is heard. The tests hold every frame that they hear to it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SentToAttribute(TopicKind where) : Attribute
{
    public TopicKind Where { get; } = where;
}

using Fiko.Application.Shared;

namespace Fiko.Application.Audit;

/// <summary>
/// A command by which a person changes something. What its note says is written in the transaction of the change itself,
/// with who, when and from where: a change without its entry, or an entry without its change, can't be committed.
/// </summary>
public interface IAudited<in TResult>
{
    Caller By { get; }

    /// <returns>Null where nothing changed.</returns>
    AuditNote? Audit(TResult result);
}

/// <summary>What a person did. Ids and names of fields, never what was written in them: erasing a customer leaves nothing here to erase.</summary>
/// <param name="Action">What, in the form <c>conversation.assigned</c>.</param>
/// <param name="Target">To what, as the wire calls it: <c>conv_12</c>, <c>customer_7</c>, <c>user_3</c>.</param>
/// <param name="Facts">Small facts about it, by wire name: ids, states, names of fields.</param>
public sealed record AuditNote(string Action, string Target, IReadOnlyDictionary<string, object?>? Facts = null);

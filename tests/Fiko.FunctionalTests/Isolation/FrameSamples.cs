namespace Fiko.FunctionalTests.Isolation;

/// <summary>What is said on a socket of one's own with the other workspace's ids. A new frame needs a line here. The last one ends the socket.</summary>
internal static class FrameSamples
{
    public static IReadOnlyList<(string Type, string Frame)> List { get; } =
    [
        ("get_conversations", """{"type":"get_conversations","filters":{"assigned_to":{user}}}"""),
        ("get_conversations", """{"type":"get_conversations","filters":{"search":"{mark}"}}"""),
        ("get_conversations", """{"type":"get_conversations","filters":{"tag":"{mark} tag"}}"""),
        ("refresh_conversations", """{"type":"refresh_conversations"}"""),
        ("ping", """{"type":"ping"}"""),
        ("authenticate", """{"type":"authenticate","token":"{token}"}"""),
    ];

    public static IReadOnlyList<(string Type, string Frame)> Chat { get; } =
    [
        ("chat_message", """{"type":"chat_message","content":"x","reply_to":"{question}"}"""),
        ("chat_message", """{"type":"chat_message","content":"x","attachments":["{attachment}"]}"""),
        ("note", """{"type":"note","content":"x","mentions":[{user}]}"""),
        ("claim", """{"type":"claim","conversation_id":"{conversation}"}"""),
        ("release", """{"type":"release","conversation_id":"{conversation}"}"""),
        ("assign", """{"type":"assign","user_id":{user}}"""),
        ("set_status", """{"type":"set_status","status":"pending","conversation_id":"{conversation}"}"""),
        ("typing", """{"type":"typing","is_typing":true,"conversation_id":"{conversation}"}"""),
        ("mark_read", """{"type":"mark_read","up_to":"{question}"}"""),
        ("get_messages", """{"type":"get_messages","conversation_id":"{conversation}"}"""),
        ("edit_message", """{"type":"edit_message","message_id":"{message}","content":"x"}"""),
        ("delete_message", """{"type":"delete_message","message_id":"{message}"}"""),
        ("message_reaction", """{"type":"message_reaction","message_id":"{question}","emoji":"👍"}"""),
        ("retry_message", """{"type":"retry_message","message_id":"{message}"}"""),
        ("ping", """{"type":"ping"}"""),
        ("authenticate", """{"type":"authenticate","token":"{token}"}"""),
    ];
}

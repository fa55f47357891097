namespace Fiko.FunctionalTests.Instagram;

/// <summary>
/// What Instagram's own pages show, and what was seen of it beyond them (developers.facebook.com/docs/instagram-platform/webhooks/examples,
/// …/docs/messenger-platform/instagram/features/webhook). Each with the content of the message that it makes, or null where it makes none.
/// </summary>
internal static class InstagramSamples
{
    public const string Account = "17841499900000001";
    public const string AppSecret = "fiko-example-app-secret";

    /// <summary>Whole bodies with the signature that they come with under <see cref="AppSecret"/>.</summary>
    public static IReadOnlyList<(string Body, string Signature)> Signed { get; } =
    [
        ("""{"object":"instagram","entry":[]}""", "sha256=5ab8d398aa140ce4ceebb6fa613d3b4d0148a1c48ca51804d7f2cf9dba5878f0"),
        (
            """{"object":"instagram","entry":[{"id":"17841499900000001","time":1760000000123,"messaging":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000000001,"message":{"mid":"m_example_1","text":"\u0633\u0644\u0627\u0645"}}]}]}""",
            "sha256=d0e6b4dc550261048f986db776db40f63045aeff789273c5424fab7903c58704"),
    ];

    /// <summary>Items of a messaging list, in the order in which they come.</summary>
    public static IReadOnlyList<(string Item, string? Content)> Items { get; } =
    [
        (From("1760000499871", """ "message":{"mid":"aWdfZXhhbXBsZTox","text":"\u0633\u0644\u0627\u0645"} """), "سلام"),
        (
            From("1760000600001", """ "message":{"mid":"aWdfZXhhbXBsZToy","text":"این را دارید؟","attachments":[{"type":"image","payload":{"url":"https://cdn.example/ig/1.jpg?sig=x"}}],"reply_to":{"story":{"url":"https://cdn.example/ig/story1.mp4","id":"17900000000000001"}}} """),
            "[reply to your story] [image] این را در سایز ۴۰ دارید؟"),
        (From("1760000710001", """ "message":{"mid":"aWdfZXhhbXBsZToz","is_unsupported":true} """), "[unsupported message]"),
        (From("1760000720001", """ "reaction":{"mid":"aWdfZXhhbXBsZToy","action":"react","reaction":"love","emoji":"\u2764\ufe0f"} """), null),
        (From("1760000730001", """ "reaction":{"mid":"aWdfZXhhbXBsZToy","action":"unreact"} """), null),
        (From("1760000740001", """ "read":{"mid":"aWdfZXhhbXBsZTo0"} """), null),
        (From("1760000750001", """ "postback":{"mid":"aWdfZXhhbXBsZTo1","title":"ساعت کاری","payload":"HOURS"} """), "ساعت کاری"),
        ("""{"timestamp":1760000760001,"message_edit":{"mid":"aWdfZXhhbXBsZToy","text":"این را در سایز ۴۰ دارید؟","num_edit":1}}""", null),
        ("""{"timestamp":1760000760002,"message_edit":{"mid":"aWdfZXhhbXBsZTox","num_edit":0}}""", null),
        ("""{"timestamp":1760000760003,"message_edit":{"mid":"aWdfZXhhbXBsZTox","text":"سلام","num_edit":"1"}}""", null),
        (Attached("a1", """{"type":"video","payload":{"url":"https://cdn.example/v.mp4"}}"""), "[video]"),
        (Attached("a2", """{"type":"audio","payload":{"url":"https://cdn.example/a.mp4"}}"""), "[audio]"),
        (Attached("a3", """{"type":"file","payload":{"url":"https://cdn.example/f.pdf"}}"""), "[file]"),
        (Attached("a4", """{"type":"share","payload":{"url":"https://cdn.example/p"}}"""), "[shared post]"),
        (Attached("a5", """{"type":"ig_post","payload":{"url":"https://cdn.example/p","title":"Shoes","id":"1"}}"""), "[shared post: Shoes]"),
        (Attached("a6", """{"type":"ig_reel","payload":{"url":"https://cdn.example/r","title":"How to","reel_video_id":"17900000000000002"}}"""), "[shared reel: How to]"),
        (Attached("a7", """{"type":"story_mention","payload":{"url":"https://cdn.example/s"}}"""), "[mentioned you in a story]"),
        (Attached("a8", """{"type":"ig_story","payload":{"url":"https://cdn.example/s"}}"""), "[shared story]"),
        (Attached("a9", """{"type":"ephemeral"}"""), "[view-once media]"),
        (Attached("a10", """{"type":"like_heart"}"""), "❤️"),
        (Attached("a11", """{"type":"unsupported_type"}"""), "[unsupported attachment]"),
        (Attached("a12", """{"type":"hologram","payload":{"depth":3}}"""), "[unsupported attachment]"),
        (Attached("a13", """{"type":"image"},{"type":"image","payload":{"url":"https://cdn.example/2.jpg"}}"""), "[image] [image]"),
        (From("1760000770001", """ "message":{"mid":"q1","text":"Yes","quick_reply":{"payload":"YES"}} """), "Yes"),
        (From("1760000770002", """ "message":{"mid":"q2","text":"From the ad","referral":{"ref":"r","ad_id":"1","source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"T"}}} """), "From the ad"),
        (From("1760000770003", """ "message":{"mid":"q3","text":"About this one","referral":{"product":{"id":"55"}}} """), "About this one"),
        (From("1760000770004", """ "message":{"mid":"q4","text":"To myself","is_self":true} """), null),
        (From("1760000770005", """ "referral":{"ref":"r","source":"IGME","type":"OPEN_THREAD"} """), null),
        (From("\"1760000771\"", """ "message":{"mid":"q5","text":"Seconds in quotes"} """), "Seconds in quotes"),
        (From("\"2025-10-09T09:06:12+0000\"", """ "message":{"mid":"q6","text":"A date"} """), "A date"),
        (
            """{"sender":{"id":"17841499900000001"},"recipient":{"id":"990000000000001"},"timestamp":1760000780001,"message":{"mid":"e1","is_echo":true,"text":"Written in the app"}}""",
            "Written in the app"),
        (From("1760000790001", """ "message":{"mid":"a1","is_deleted":true} """), null),
        (From("1760000790002", """ "message_hologram":{"depth":3} """), null),
    ];

    /// <summary>Other things that come to the same address.</summary>
    public static IReadOnlyList<string> Envelopes { get; } =
    [
        """[{"object":"instagram","entry":[{"id":"17841499900000001","time":1,"messaging":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000800001,"message":{"mid":"v1","text":"In an array"}}]}]}]""",
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1,"standby":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000800002,"message":{"mid":"v2","text":"On standby"}}]}]}""",
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1,"changes":[{"field":"comments","value":{"id":"1","text":"Nice","from":{"id":"5","username":"u"}}}]}]}""",
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1,"field":"comments","value":{"id":"2","text":"Nice"}}]}""",
        """{"object":"instagram","entry":[{"id":"0","time":1,"changes":[{"field":"messages","value":{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}}]}]}""",
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1}]}""",
        """{"object":"instagram","entry":[{"id":"17841499900000999","time":1,"messaging":[{"sender":{"id":"1"},"message":{"mid":"x","text":"not ours"}}]}]}""",
        """{"object":"page","entry":[{"id":"1","time":1,"messaging":[]}]}""",
    ];

    public static IReadOnlyList<string> InEnvelopes { get; } = ["In an array", "On standby"];

    public static string Envelope(params IEnumerable<string> items) =>
        $$"""{"object":"instagram","entry":[{"id":"{{Account}}","time":1760000500123,"messaging":[{{string.Join(',', items)}}]}]}""";

    private static string Attached(string mid, string attachments) =>
        From("1760000765001", $$""" "message":{"mid":"{{mid}}","attachments":[{{attachments}}]} """);

    private static string From(string timestamp, string content) =>
        $$"""{"sender":{"id":"990000000000001"},"recipient":{"id":"{{Account}}"},"timestamp":{{timestamp}},{{content}}}""";
}

namespace Fiko.UnitTests.Channels.Instagram;

/// <summary>Messaging items as Meta's documentation and real captures show them.</summary>
internal static class Item
{
    public const string Customer = "990000000000001";
    public const string Account = GraphFake.Account;

    /// <summary>From the customer, with a time.</summary>
    public static string From(string content, long at = 1760000600001) =>
        $$"""{"sender":{"id":"{{Customer}}"},"recipient":{"id":"{{Account}}"},"timestamp":{{at}},{{content}}}""";

    public static string Echo(string content, long at = 1760000600001) =>
        $$"""{"sender":{"id":"{{Account}}"},"recipient":{"id":"{{Customer}}"},"timestamp":{{at}},{{content}}}""";

    public static string Wrap(params string[] items) =>
        $$"""{"object":"instagram","entry":[{"id":"{{Account}}","time":1760000500123,"messaging":[{{string.Join(',', items)}}]}]}""";

    public static string Change(string field, string value, string account = Account) =>
        $$"""{"object":"instagram","entry":[{"id":"{{account}}","time":1760000500123,"changes":[{"field":"{{field}}","value":{{value}}}]}]}""";
}

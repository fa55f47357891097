using System.Text.RegularExpressions;
using Fiko.Application.Realtime;

namespace Fiko.FunctionalTests.Documentation;

public sealed partial class ReadingTheWebhookPage
{
    private static readonly string Root = ProtocolPage.Root();

    [Fact]
    public void Its_code_is_what_the_tests_run()
    {
        var shown = Assert.Single(Fence().Matches(Page("webhooks.md")));

        Assert.Equal(File.ReadAllText(Path.Combine(Root, "tests", "Fiko.FunctionalTests", "Webhooks", "SignatureSample.cs")), shown.Groups["code"].Value);
    }

    [Fact]
    public void Every_type_of_event_is_on_the_page_of_events()
    {
        var named = FirstCell().Matches(Page("events.md")).SelectMany(row => Name().Matches(row.Value)).Select(n => n.Groups[1].Value);

        Assert.Empty(EventCatalog.Names.Except(named));
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", "rest", name));

    [GeneratedRegex("""^```csharp file=SignatureSample\.cs\n(?<code>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `[^|]+\|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}

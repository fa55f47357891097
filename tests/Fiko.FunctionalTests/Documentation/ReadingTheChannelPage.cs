using System.Text.RegularExpressions;

namespace Fiko.FunctionalTests.Documentation;

public sealed partial class ReadingTheChannelPage
{
    private static readonly string Root = ProtocolPage.Root();

    [Fact]
    public void Its_code_is_that_of_the_example()
    {
        var shown = Fence().Matches(File.ReadAllText(Path.Combine(Root, "docs", "adding-a-channel.md")));

        Assert.Equal(["PostboxChannel.cs", "PostboxChannelServices.cs", "PostboxKeepsTheContract.cs"], shown.Select(m => m.Groups["file"].Value));
        Assert.All(shown, m => Assert.Equal(
            File.ReadAllText(Path.Combine(Root, "tests", "Fiko.FunctionalTests", "Channels", "Example", m.Groups["file"].Value)), m.Groups["code"].Value));
    }

    [GeneratedRegex("""^```csharp file=(?<file>\S+)\n(?<code>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

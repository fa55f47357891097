namespace Fiko.SqlServerTests;

/// <summary>Says whole what is wrong: half a statement helps nobody.</summary>
internal static class Found
{
    private const int Most = 20;

    public static void Nothing(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        Assert.True(all.Count == 0, $"{all.Count} problems\n{string.Join("\n\n", all.Take(Most))}");
    }
}

namespace Fiko.ArchitectureTests;

public sealed class KeepingFilesInForm
{
    private const string OnlyWriter = "src/Fiko.WebApi/Sockets/SocketOutbox.cs";

    private static readonly string[] ForPeople =
    [
        "src/Fiko.WebApi/Sockets/FrameErrors.cs",
        "src/Fiko.WebApi/Hosting/DemoStories.cs",
        "src/Fiko.Infrastructure/Channels/Telegram/TelegramChannel.Courtesy.cs",
    ];

    [Fact]
    public void Files_are_short() => Assert.Empty(FileRules.LongerThan(FileRules.Longest, Code.Product));

    [Fact]
    public void The_program_is_a_table_of_contents() =>
        Assert.Empty(FileRules.LongerThan(FileRules.LongestProgram, Code.Product.Where(f => f.Path == "src/Fiko.WebApi/Program.cs")));

    [Fact]
    public void And_a_long_one_is_noticed() => Assert.Equal(["Long.cs: 3 lines"], FileRules.LongerThan(2, [new("Long.cs", "1\n2\n3\n"), new("Short.cs", "1\n2\n")]));

    [Fact]
    public void What_is_shared_stays_little() => Assert.Empty(FileRules.CrowdedShared(Code.Product));

    [Fact]
    public void And_a_crowd_is_noticed() =>
        Assert.Equal(["src/A/Shared"], FileRules.CrowdedShared(Enumerable.Range(0, 9).Select(n => new SourceFile($"src/A/Shared/{n}.cs", ""))));

    [Fact]
    public void Nothing_is_left_lying_about() => Assert.Empty(FileRules.Litter(Code.Product));

    [Theory]
    [InlineData("    #region Fields")]
    [InlineData("    // TO" + "DO: later")]
    [InlineData("    // var old = Count();")]
    public void And_litter_is_noticed(string line) => Assert.Single(FileRules.Litter([new("A.cs", $"// Fine, and why.\n{line}\n")]));

    [Fact]
    public void Logs_are_a_vocabulary() => Assert.Empty(FileRules.LooseLogging(Code.Product));

    [Fact]
    public void And_a_loose_sentence_is_noticed() => Assert.Single(FileRules.LooseLogging([new("A.cs", "log.LogInformation(\"x\");\nlog.Opened(1);\n")]));

    [Fact]
    public void A_number_in_the_log_means_one_sentence() => Assert.Empty(FileRules.LogNumbersUsedTwice(Code.Product));

    [Fact]
    public void And_a_number_used_twice_is_noticed() =>
        Assert.Equal(["7"], FileRules.LogNumbersUsedTwice([new("A.cs", "[LoggerMessage(7, a)]\n[LoggerMessage(8, b)]"), new("B.cs", "[LoggerMessage(7, c)]")]));

    [Fact]
    public void One_file_writes_to_sockets() => Assert.Equal([OnlyWriter], FileRules.FilesThatLiftBans(Code.Product));

    [Fact]
    public void And_a_second_writer_is_noticed() => Assert.Equal(["A.cs"], FileRules.FilesThatLiftBans([new("A.cs", "#pragma warning disable CA1, RS0030\n")]));

    [Fact]
    public void Persian_stands_where_people_read_it() => Assert.Empty(FileRules.PersianBeyond(ForPeople, Code.Product));

    [Fact]
    public void And_elsewhere_it_is_noticed() => Assert.Equal(["B.cs"], FileRules.PersianBeyond(["A.cs"], [new("A.cs", "سلام"), new("B.cs", "سلام"), new("C.cs", "x")]));

    [Fact]
    public void No_file_names_a_machine() => Assert.Empty(FileRules.MachinePaths(Code.Files));

    [Theory]
    [InlineData("/wor" + "k/a/b")]
    [InlineData("see /hom" + "e/me/fiko")]
    [InlineData(@"C:\Use" + @"rs\me")]
    public void And_a_machine_is_noticed(string line) => Assert.Single(FileRules.MachinePaths([new("A.md", $"{line}\nhttps://example.com/home/\n")]));
}

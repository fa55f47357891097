using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Fiko.SqlServerTests.Rules;

namespace Fiko.SqlServerTests.Planting;

public sealed class PlantingMistakesInSchemas(MigrationScripts migrations)
{
    [Theory]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL, [b] nvarchar(max) NOT NULL, CONSTRAINT [PK_x] PRIMARY KEY ([b]))", "too large to be part of a key")]
    [InlineData("CREATE TABLE [x] ([a] nvarchar(451) NOT NULL CONSTRAINT [PK_x] PRIMARY KEY, [b] nvarchar(451) NOT NULL, CONSTRAINT [PK_y] PRIMARY KEY ([b]))", "902 bytes, of 900")]
    [InlineData("CREATE TABLE [x] ([a] nvarchar(5000) NOT NULL)", "only max is")]
    [InlineData("CREATE TABLE [x] ([a] varchar(9000) NOT NULL)", "only max is")]
    [InlineData("CREATE TABLE [x] ([a] decimal(40,2) NOT NULL)", "precision or scale")]
    [InlineData("CREATE TABLE [x] ([a] datetimeoffset(8) NOT NULL)", "scale above 7")]
    [InlineData("CREATE TABLE [x] ([a] text NOT NULL)", "SQLite's word")]
    [InlineData("CREATE TABLE [x] ([a] json NOT NULL)", "of SQL Server 2025")]
    [InlineData("CREATE TABLE [x] ([a] rowversion NOT NULL, [b] rowversion NOT NULL)", "two rowversions")]
    [InlineData("CREATE TABLE [x] ([a] nchar(3000) NOT NULL, [b] nchar(3000) NOT NULL)", "never shorter")]
    [InlineData("CREATE TABLE [x] ([a] nvarchar(9) COLLATE NOCASE NOT NULL)", "no collation NOCASE")]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL DEFAULT N'no number')", "the default is no bigint")]
    [InlineData("CREATE TABLE [x] ([a] datetimeoffset NOT NULL DEFAULT 0)", "the default is no datetimeoffset")]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL, [b] AS GETDATE() PERSISTED)", "can't be persisted")]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL DEFAULT (randomblob(16)))", "no function randomblob")]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL CONSTRAINT [f] FOREIGN KEY REFERENCES [agents] ([Id]), [b] bigint NOT NULL, CONSTRAINT [g] FOREIGN KEY ([b]) REFERENCES [agents] ([Id]) ON DELETE SET NULL)", "can't be [1761]")]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL, [b] AS [a] + 1);\nGO\nCREATE INDEX [i] ON [x] ([a]) WHERE [b] = 1", "which is computed")]
    [InlineData("CREATE TABLE [x] ([a] bigint NULL);\nGO\nCREATE INDEX [i] ON [x] ([a]) WHERE \"a\" IS NOT NULL", "SQLite's spelling")]
    public void What_the_compiler_lets_through_is_found_by_a_rule(string addition, string problem) =>
        Assert.Contains(SchemaRules.Check($"{migrations.Schema}\nGO\n{addition}"), p => p.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_second_way_for_a_deletion_is_found()
    {
        const string Ways = """
            CREATE TABLE [a] ([Id] bigint NOT NULL PRIMARY KEY);
            CREATE TABLE [b] ([Id] bigint NOT NULL PRIMARY KEY, [A] bigint NOT NULL, CONSTRAINT [b_a] FOREIGN KEY ([A]) REFERENCES [a] ([Id]) ON DELETE CASCADE);
            CREATE TABLE [c] ([A] bigint NOT NULL, [B] bigint NULL, CONSTRAINT [c_a] FOREIGN KEY ([A]) REFERENCES [a] ([Id]) ON DELETE CASCADE,
                CONSTRAINT [c_b] FOREIGN KEY ([B]) REFERENCES [b] ([Id]) ON DELETE SET NULL);
            """;

        Assert.Contains("a deletion reaches c twice: a > c, and a > b > c [1785]", SchemaRules.Check(Ways));
        Assert.Empty(SchemaRules.Check(Ways.Replace("ON DELETE SET NULL", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_deletion_that_comes_back_is_found() =>
        Assert.Contains("[1785]", Assert.Single(SchemaRules.Check("CREATE TABLE [a] ([Id] bigint NOT NULL PRIMARY KEY, [Up] bigint NULL, CONSTRAINT [f] FOREIGN KEY ([Up]) REFERENCES [a] ([Id]) ON DELETE CASCADE)")), StringComparison.Ordinal);

    [Theory]
    [InlineData("CREATE TABLE [x] ([a] bigint NOT NULL CONSTRAINT [f] FOREIGN KEY REFERENCES [agent] ([Id]))")]
    [InlineData("CREATE INDEX [i] ON [agents] ([Emial])")]
    [InlineData("CREATE TABLE [x] ([a] longtext NOT NULL)")]
    [InlineData("CREATE TRIGGER [t] ON [agents] AFTER INSERT AS SELECT [Emial] FROM inserted")]
    public void What_does_not_compile_is_found_by_the_compiler(string addition) => Assert.NotEmpty(Compiler.Check($"{migrations.Schema}\nGO\n{addition}"));
}

using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>The model of both providers beside each other: what SQLite is asked for, SQL Server is, within its bounds.</summary>
public sealed class FittingTheModel
{
    private const int LongestKey = 900;
    private const int LongestIndex = 1700;

    // Codes, digests and keys of our own, always of ASCII.
    private static readonly string[] Ascii = ["PasswordHash", "SealedSecret", "SealedOldSecret", "SealedToken"];

    private readonly IModel _sqlite = Model(new SqliteFikoDbContext(new DbContextOptionsBuilder<SqliteFikoDbContext>().UseSqlite().Options, TimeProvider.System));
    private readonly IModel _sqlServer = Model(new SqlServerFikoDbContext(new DbContextOptionsBuilder<SqlServerFikoDbContext>().UseSqlServer().Options, TimeProvider.System));

    [Fact]
    public void Every_index_is_there_with_its_filter()
    {
        var there = Indexes(_sqlServer).ToDictionary(i => i.GetDatabaseName()!);
        foreach (var index in Indexes(_sqlite))
        {
            var same = Assert.Contains(index.GetDatabaseName()!, (IReadOnlyDictionary<string, IIndex>)there);
            Assert.Equal(index.IsUnique, same.IsUnique);
            if (index.GetFilter() is { } filter)
            {
                Assert.Equal(filter, same.GetFilter());
            }
            else if (index.IsUnique && index.Properties.Any(p => p.IsNullable))
            {
                // Two rows without a value are no duplicates: SQL Server would say that they are.
                Assert.Contains("IS NOT NULL", same.GetFilter(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_key_fits()
    {
        foreach (var table in _sqlServer.GetEntityTypes())
        {
            Assert.All(table.GetKeys(), key => Assert.InRange(key.Properties.Sum(Bytes), 1, LongestKey));
            Assert.All(table.GetIndexes(), index => Assert.InRange(index.Properties.Sum(Bytes), 1, LongestIndex));
        }
    }

    [Fact]
    public void Every_text_takes_every_letter()
    {
        var narrow = Properties().Where(p => p.GetColumnType().StartsWith("varchar", StringComparison.Ordinal)).Select(p => $"{p.DeclaringType.GetTableName()}.{p.Name}");

        Assert.DoesNotContain(narrow, name => name.EndsWith("Content", StringComparison.Ordinal) || name.EndsWith("Title", StringComparison.Ordinal) || name.EndsWith("FirstName", StringComparison.Ordinal));
        Assert.All(Properties().Where(p => p.IsUnicode() == false), p => Assert.True(p.GetMaxLength() <= 200 || Ascii.Contains(p.Name), p.Name));
    }

    [Fact]
    public void Texts_that_decide_what_is_the_same_are_compared_exactly() =>
        Assert.All(Properties().Where(p => p.ClrType == typeof(string) && (p.IsKey() || p.IsIndex())), p => Assert.Equal("Latin1_General_100_BIN2", p.GetCollation()));

    private static IModel Model(DbContext db)
    {
        using (db)
        {
            return db.GetService<IDesignTimeModel>().Model;
        }
    }

    private static IEnumerable<IIndex> Indexes(IModel model) => model.GetEntityTypes().SelectMany(t => t.GetIndexes());

    private IEnumerable<IProperty> Properties() => _sqlServer.GetEntityTypes().SelectMany(t => t.GetProperties());

    private static int Bytes(IProperty property)
    {
        var type = property.GetColumnType();
        return type switch
        {
            _ when type.Contains("(max)", StringComparison.Ordinal) => int.MaxValue / 16,
            _ when type.StartsWith("nvarchar(", StringComparison.Ordinal) => 2 * int.Parse(type[9..^1], System.Globalization.CultureInfo.InvariantCulture),
            _ when type.StartsWith("varchar(", StringComparison.Ordinal) => int.Parse(type[8..^1], System.Globalization.CultureInfo.InvariantCulture),
            "uniqueidentifier" => 16,
            _ => 10,
        };
    }
}

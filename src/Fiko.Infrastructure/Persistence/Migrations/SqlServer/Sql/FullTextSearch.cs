using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer.Sql;

/// <summary>
/// The words of what was said, beside the texts; a row goes with what it is about. Full-text indices where the server has full-text
/// search installed, and else the words are looked through. What is there already is indexed after the start (<c>search_backfill</c>).
/// </summary>
internal static class FullTextSearch
{
    public static void Up(MigrationBuilder m)
    {
        Table(m, "message_search", "messages");
        Table(m, "customer_search", "customers");
        m.Sql("CREATE TABLE [search_backfill] ([Kind] varchar(16) NOT NULL CONSTRAINT [PK_search_backfill] PRIMARY KEY, [Next] bigint NOT NULL)");
        m.Sql("INSERT INTO [search_backfill] ([Kind], [Next]) SELECT 'messages', MAX([Id]) FROM [messages] HAVING MAX([Id]) IS NOT NULL");
        m.Sql("INSERT INTO [search_backfill] ([Kind], [Next]) SELECT 'customers', MAX([Id]) FROM [customers] HAVING MAX([Id]) IS NOT NULL");

        // Full-text definitions can't be part of a transaction.
        m.Sql("IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1 AND NOT EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE [name] = N'fiko_search') EXEC(N'CREATE FULLTEXT CATALOG [fiko_search] WITH ACCENT_SENSITIVITY = ON')", suppressTransaction: true);
        FullText(m, "message_search");
        FullText(m, "customer_search");
    }

    public static void Down(MigrationBuilder m)
    {
        foreach (var table in (string[])["message_search", "customer_search"])
        {
            m.Sql($"IF OBJECTPROPERTY(OBJECT_ID(N'{table}'), 'TableHasActiveFulltextIndex') = 1 EXEC(N'DROP FULLTEXT INDEX ON [{table}]')", suppressTransaction: true);
        }

        m.Sql("IF EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE [name] = N'fiko_search') EXEC(N'DROP FULLTEXT CATALOG [fiko_search]')", suppressTransaction: true);
        m.Sql("DROP TABLE [search_backfill]");
        m.Sql("DROP TABLE [customer_search]");
        m.Sql("DROP TABLE [message_search]");
    }

    // By workspace and id, so that newest first is one range; the full-text index needs a key of one column.
    private static void Table(MigrationBuilder m, string table, string of) => m.Sql(
        $"""
        CREATE TABLE [{table}] (
            [WorkspaceId] bigint NOT NULL,
            [Id] bigint NOT NULL,
            [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
            CONSTRAINT [PK_{table}] PRIMARY KEY CLUSTERED ([WorkspaceId], [Id]),
            CONSTRAINT [FK_{table}_{of}_Id] FOREIGN KEY ([Id]) REFERENCES [{of}] ([Id]) ON DELETE CASCADE,
            INDEX [UX_{table}] UNIQUE NONCLUSTERED ([Id])
        )
        """);

    private static void FullText(MigrationBuilder m, string table) => m.Sql(
        $"IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1 AND NOT EXISTS (SELECT 1 FROM sys.fulltext_indexes WHERE [object_id] = OBJECT_ID(N'{table}')) "
        + $"EXEC(N'CREATE FULLTEXT INDEX ON [{table}] ([Words] LANGUAGE 0) KEY INDEX [UX_{table}] ON [fiko_search] WITH (STOPLIST = OFF, CHANGE_TRACKING = AUTO)')",
        suppressTransaction: true);
}

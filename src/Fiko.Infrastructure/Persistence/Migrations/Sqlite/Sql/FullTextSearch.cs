using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.Sqlite.Sql;

/// <summary>
/// The index of what was said. It holds no texts, only where each term stands; whoever deletes a row, by cascade or by hand, deletes it
/// there, too. What is there already is indexed after the start (<c>search_backfill</c>).
/// </summary>
internal static class FullTextSearch
{
    public static void Up(MigrationBuilder m)
    {
        m.Sql("CREATE VIRTUAL TABLE message_search USING fts5(words, joined, facets, content='', contentless_delete=1, tokenize=\"ascii tokenchars ':'\")");
        m.Sql("CREATE VIRTUAL TABLE customer_search USING fts5(words, joined, numbers, content='', contentless_delete=1, tokenize=\"ascii tokenchars ':'\")");
        m.Sql("CREATE TRIGGER messages_leave_search AFTER DELETE ON messages BEGIN DELETE FROM message_search WHERE rowid = OLD.Id; END");
        m.Sql("CREATE TRIGGER customers_leave_search AFTER DELETE ON customers BEGIN DELETE FROM customer_search WHERE rowid = OLD.Id; END");
        m.Sql("CREATE TABLE search_backfill (Kind TEXT NOT NULL PRIMARY KEY, Next INTEGER NOT NULL) WITHOUT ROWID");
        m.Sql("INSERT INTO search_backfill SELECT 'messages', MAX(Id) FROM messages HAVING MAX(Id) IS NOT NULL");
        m.Sql("INSERT INTO search_backfill SELECT 'customers', MAX(Id) FROM customers HAVING MAX(Id) IS NOT NULL");
    }

    public static void Down(MigrationBuilder m)
    {
        m.Sql("DROP TABLE search_backfill");
        m.Sql("DROP TRIGGER customers_leave_search");
        m.Sql("DROP TRIGGER messages_leave_search");
        m.Sql("DROP TABLE customer_search");
        m.Sql("DROP TABLE message_search");
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.Sqlite.Sql;

/// <summary>The database, too, refuses to send anything but an answer: whatever the program comes to, a note stays inside.</summary>
internal static class KeepingNotesInside
{
    public static void Up(MigrationBuilder m)
    {
        m.Sql("CREATE TRIGGER deliveries_of_answers_only BEFORE INSERT ON deliveries WHEN (SELECT Author FROM messages WHERE Id = NEW.MessageId) <> 'Support' BEGIN SELECT RAISE(ABORT, 'Only an answer is ever sent to a customer'); END");
        m.Sql("CREATE TRIGGER deliveries_stay_of_answers BEFORE UPDATE OF MessageId ON deliveries WHEN (SELECT Author FROM messages WHERE Id = NEW.MessageId) <> 'Support' BEGIN SELECT RAISE(ABORT, 'Only an answer is ever sent to a customer'); END");
        m.Sql("CREATE TRIGGER messages_keep_their_author BEFORE UPDATE OF Author ON messages WHEN NEW.Author <> OLD.Author BEGIN SELECT RAISE(ABORT, 'A message keeps its author'); END");
    }

    public static void Down(MigrationBuilder m)
    {
        m.Sql("DROP TRIGGER messages_keep_their_author");
        m.Sql("DROP TRIGGER deliveries_stay_of_answers");
        m.Sql("DROP TRIGGER deliveries_of_answers_only");
    }
}

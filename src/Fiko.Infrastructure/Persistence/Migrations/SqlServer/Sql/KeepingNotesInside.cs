using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer.Sql;

/// <summary>The database, too, refuses to send anything but an answer: whatever the program comes to, a note stays inside.</summary>
internal static class KeepingNotesInside
{
    public static void Up(MigrationBuilder m)
    {
        m.Sql("""
            CREATE TRIGGER [deliveries_of_answers_only] ON [deliveries] AFTER INSERT, UPDATE AS
            BEGIN
                SET NOCOUNT ON;
                IF UPDATE([MessageId]) AND EXISTS (SELECT 1 FROM inserted i JOIN [messages] m ON m.[Id] = i.[MessageId] WHERE m.[Author] <> N'Support')
                    THROW 50001, 'Only an answer is ever sent to a customer', 1;
            END
            """);
    }

    public static void Down(MigrationBuilder m) => m.Sql("DROP TRIGGER [deliveries_of_answers_only]");
}

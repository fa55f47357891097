using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.Sqlite.Sql;

/// <summary>The facts of what happened before there were reports. When a conversation was closed then is not known: its last activity stands for it.</summary>
internal static class ReportedFacts
{
    public static void Up(MigrationBuilder m)
    {
        m.Sql("UPDATE conversations SET AskedAt = (SELECT m.CreatedAt FROM messages m WHERE m.ConversationId = conversations.Id AND m.Author = 'Customer' AND m.Seq IS NOT NULL ORDER BY m.Seq LIMIT 1)");
        m.Sql("""
            UPDATE conversations SET (AnsweredAt, AnsweredBy) = (
                SELECT m.CreatedAt, m.SenderId FROM messages m
                WHERE m.ConversationId = conversations.Id AND m.Author = 'Support' AND m.Seq IS NOT NULL AND m.CreatedAt >= conversations.AskedAt
                ORDER BY m.Seq LIMIT 1)
            WHERE AskedAt IS NOT NULL
            """);
        m.Sql("UPDATE conversations SET FirstResponseTime = AnsweredAt - AskedAt WHERE AnsweredAt IS NOT NULL");
        m.Sql("""
            INSERT INTO conversation_closings (WorkspaceId, ConversationId, Source, AgentId, ClosedAt, ResolutionTime)
            SELECT WorkspaceId, Id, Source, AssignedTo, UpdatedAt, UpdatedAt - CreatedAt FROM conversations WHERE Status = 'Closed'
            """);
    }

    public static void Down(MigrationBuilder m)
    {
        // The columns and the table go with the migration.
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer.Sql;

/// <summary>The facts of what happened before there were reports. When a conversation was closed then is not known: its last activity stands for it.</summary>
internal static class ReportedFacts
{
    public static void Up(MigrationBuilder m)
    {
        m.Sql("UPDATE c SET [AskedAt] = a.[CreatedAt] FROM [conversations] c CROSS APPLY (SELECT TOP (1) m.[CreatedAt] FROM [messages] m WHERE m.[ConversationId] = c.[Id] AND m.[Author] = N'Customer' AND m.[Seq] IS NOT NULL ORDER BY m.[Seq]) a");
        m.Sql("""
            UPDATE c SET [AnsweredAt] = a.[CreatedAt], [AnsweredBy] = a.[SenderId], [FirstResponseTime] = DATEDIFF_BIG(millisecond, c.[AskedAt], a.[CreatedAt])
            FROM [conversations] c CROSS APPLY (
                SELECT TOP (1) m.[CreatedAt], m.[SenderId] FROM [messages] m
                WHERE m.[ConversationId] = c.[Id] AND m.[Author] = N'Support' AND m.[Seq] IS NOT NULL AND m.[CreatedAt] >= c.[AskedAt]
                ORDER BY m.[Seq]) a
            """);
        m.Sql("""
            INSERT INTO [conversation_closings] ([WorkspaceId], [ConversationId], [Source], [AgentId], [ClosedAt], [ResolutionTime])
            SELECT [WorkspaceId], [Id], [Source], [AssignedTo], [UpdatedAt], DATEDIFF_BIG(millisecond, [CreatedAt], [UpdatedAt]) FROM [conversations] WHERE [Status] = N'Closed'
            """);
    }

    public static void Down(MigrationBuilder m)
    {
        // The columns and the table go with the migration.
    }
}

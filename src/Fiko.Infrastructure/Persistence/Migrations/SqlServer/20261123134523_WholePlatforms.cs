using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class WholePlatforms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "platform_ids",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    Scope = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ExternalId = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2"),
                    MessageId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_ids", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_ids_messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            // What was sent and received before keeps its ids: a redelivery after the update is still the same message.
            migrationBuilder.Sql(
                """
                INSERT INTO platform_ids (ChannelId, Scope, ExternalId, MessageId)
                SELECT ChannelId, Chat, ExternalId, Id FROM messages WHERE Chat IS NOT NULL AND ExternalId IS NOT NULL
                UNION
                SELECT ChannelId, Chat, ExternalId, MessageId FROM deliveries WHERE ExternalId IS NOT NULL
                """);

            migrationBuilder.DropIndex(
                name: "IX_messages_ChannelId_Chat_ExternalId",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_ChannelId_Chat_ExternalId",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "Chat",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "AvatarUrl",
                table: "customers");

            migrationBuilder.AlterColumn<string>(
                name: "ExternalId",
                table: "messages",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(255)",
                oldMaxLength: 255,
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "Album",
                table: "messages",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "AttachmentCount",
                table: "messages",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Caption",
                table: "messages",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CustomerReaction",
                table: "messages",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EditOrder",
                table: "messages",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ReactionOrder",
                table: "messages",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SupportReaction",
                table: "messages",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SupportReactorId",
                table: "messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Via",
                table: "messages",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "inbound_updates",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AlterColumn<string>(
                name: "ExternalId",
                table: "deliveries",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(255)",
                oldMaxLength: 255,
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AlterColumn<string>(
                name: "Chat",
                table: "deliveries",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<long>(
                name: "AttachmentId",
                table: "deliveries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AvatarId",
                table: "customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NamedByHand",
                table: "customers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CustomerWroteAt",
                table: "conversations",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReachabilityOrder",
                table: "conversations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ReplyUntil",
                table: "conversations",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UnreachableSince",
                table: "conversations",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TokenExpiresAt",
                table: "channels",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TokenIssuedAt",
                table: "channels",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PictureVersion",
                table: "channel_addresses",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ProfileAttempts",
                table: "channel_addresses",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProfileDueAt",
                table: "channel_addresses",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProfileKnownAt",
                table: "channel_addresses",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    MessageId = table.Column<long>(type: "bigint", nullable: true),
                    ChannelId = table.Column<long>(type: "bigint", nullable: true),
                    UploadedBy = table.Column<long>(type: "bigint", nullable: true),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: true),
                    MediaType = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Size = table.Column<long>(type: "bigint", nullable: true),
                    Width = table.Column<int>(type: "int", nullable: true),
                    Height = table.Column<int>(type: "int", nullable: true),
                    Duration = table.Column<int>(type: "int", nullable: true),
                    Status = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    Problem = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Link = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    StorageKey = table.Column<string>(type: "varchar(100)", unicode: false, maxLength: 100, nullable: true),
                    RemoteId = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attachments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_attachments_agents_UploadedBy",
                        column: x => x.UploadedBy,
                        principalTable: "agents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_attachments_channels_ChannelId",
                        column: x => x.ChannelId,
                        principalTable: "channels",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_attachments_messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_attachments_workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "stray_updates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Source = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stray_updates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_ConversationId_Album",
                table: "messages",
                columns: new[] { "ConversationId", "Album" },
                unique: true,
                filter: "[Album] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_updates_waiting",
                table: "inbound_updates",
                columns: new[] { "ChannelId", "About" },
                filter: "Status = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_AttachmentId",
                table: "deliveries",
                column: "AttachmentId");

            migrationBuilder.CreateIndex(
                name: "IX_customers_AvatarId",
                table: "customers",
                column: "AvatarId");

            migrationBuilder.CreateIndex(
                name: "IX_channel_addresses_ProfileDueAt",
                table: "channel_addresses",
                column: "ProfileDueAt",
                filter: "ProfileDueAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_ChannelId",
                table: "attachments",
                column: "ChannelId");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_due",
                table: "attachments",
                column: "DueAt",
                filter: "Status = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_MessageId_Position",
                table: "attachments",
                columns: new[] { "MessageId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_attachments_to_forget",
                table: "attachments",
                column: "Id",
                filter: "Status = 'Deleted' AND StorageKey IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_unused",
                table: "attachments",
                column: "CreatedAt",
                filter: "MessageId IS NULL AND UploadedBy IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_UploadedBy",
                table: "attachments",
                column: "UploadedBy");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_WorkspaceId",
                table: "attachments",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_ids_ChannelId_Scope_ExternalId",
                table: "platform_ids",
                columns: new[] { "ChannelId", "Scope", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_ids_MessageId",
                table: "platform_ids",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_stray_updates_Source_Key",
                table: "stray_updates",
                columns: new[] { "Source", "Key" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_customers_attachments_AvatarId",
                table: "customers",
                column: "AvatarId",
                principalTable: "attachments",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_deliveries_attachments_AttachmentId",
                table: "deliveries",
                column: "AttachmentId",
                principalTable: "attachments",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_customers_attachments_AvatarId",
                table: "customers");

            migrationBuilder.DropForeignKey(
                name: "FK_deliveries_attachments_AttachmentId",
                table: "deliveries");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "platform_ids");

            migrationBuilder.DropTable(
                name: "stray_updates");

            migrationBuilder.DropIndex(
                name: "IX_messages_ConversationId_Album",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_inbound_updates_waiting",
                table: "inbound_updates");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_AttachmentId",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "IX_customers_AvatarId",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "IX_channel_addresses_ProfileDueAt",
                table: "channel_addresses");

            migrationBuilder.DropColumn(
                name: "Album",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "AttachmentCount",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "Caption",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "CustomerReaction",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "EditOrder",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "ReactionOrder",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "SupportReaction",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "SupportReactorId",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "Via",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "About",
                table: "inbound_updates");

            migrationBuilder.DropColumn(
                name: "AttachmentId",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "AvatarId",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "NamedByHand",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "CustomerWroteAt",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "ReachabilityOrder",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "ReplyUntil",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "UnreachableSince",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "TokenExpiresAt",
                table: "channels");

            migrationBuilder.DropColumn(
                name: "TokenIssuedAt",
                table: "channels");

            migrationBuilder.DropColumn(
                name: "PictureVersion",
                table: "channel_addresses");

            migrationBuilder.DropColumn(
                name: "ProfileAttempts",
                table: "channel_addresses");

            migrationBuilder.DropColumn(
                name: "ProfileDueAt",
                table: "channel_addresses");

            migrationBuilder.DropColumn(
                name: "ProfileKnownAt",
                table: "channel_addresses");

            migrationBuilder.AlterColumn<string>(
                name: "ExternalId",
                table: "messages",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(255)",
                oldMaxLength: 255,
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Chat",
                table: "messages",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AlterColumn<string>(
                name: "ExternalId",
                table: "deliveries",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(255)",
                oldMaxLength: 255,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Chat",
                table: "deliveries",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200);

            migrationBuilder.AddColumn<string>(
                name: "AvatarUrl",
                table: "customers",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_ChannelId_Chat_ExternalId",
                table: "messages",
                columns: new[] { "ChannelId", "Chat", "ExternalId" },
                unique: true,
                filter: "[Chat] IS NOT NULL AND [ExternalId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_ChannelId_Chat_ExternalId",
                table: "deliveries",
                columns: new[] { "ChannelId", "Chat", "ExternalId" },
                unique: true,
                filter: "[ExternalId] IS NOT NULL");
        }
    }
}

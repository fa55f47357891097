using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fiko.Infrastructure.Persistence.Migrations.Sqlite
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.AddColumn<string>(
                name: "Album",
                table: "messages",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AttachmentCount",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Caption",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CustomerReaction",
                table: "messages",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EditOrder",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ReactionOrder",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SupportReaction",
                table: "messages",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SupportReactorId",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Via",
                table: "messages",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "inbound_updates",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NamedByHand",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "CustomerWroteAt",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReachabilityOrder",
                table: "conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ReplyUntil",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UnreachableSince",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TokenExpiresAt",
                table: "channels",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TokenIssuedAt",
                table: "channels",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PictureVersion",
                table: "channel_addresses",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ProfileAttempts",
                table: "channel_addresses",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ProfileDueAt",
                table: "channel_addresses",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ProfileKnownAt",
                table: "channel_addresses",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: true),
                    UploadedBy = table.Column<long>(type: "INTEGER", nullable: true),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    MediaType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Size = table.Column<long>(type: "INTEGER", nullable: true),
                    Width = table.Column<int>(type: "INTEGER", nullable: true),
                    Height = table.Column<int>(type: "INTEGER", nullable: true),
                    Duration = table.Column<int>(type: "INTEGER", nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Link = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    StorageKey = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    RemoteId = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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

            // In SQLite's own words: it would rebuild whole tables otherwise, and could not do that inside the transaction.
            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN Chat");
            migrationBuilder.Sql("ALTER TABLE customers DROP COLUMN AvatarUrl");
            migrationBuilder.Sql("ALTER TABLE customers ADD COLUMN AvatarId INTEGER NULL REFERENCES attachments (Id)");
            migrationBuilder.Sql("ALTER TABLE deliveries ADD COLUMN AttachmentId INTEGER NULL REFERENCES attachments (Id)");

            migrationBuilder.CreateTable(
                name: "stray_updates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stray_updates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_ConversationId_Album",
                table: "messages",
                columns: new[] { "ConversationId", "Album" },
                unique: true);

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

            migrationBuilder.AddColumn<string>(
                name: "Chat",
                table: "messages",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AvatarUrl",
                table: "customers",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_ChannelId_Chat_ExternalId",
                table: "messages",
                columns: new[] { "ChannelId", "Chat", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_ChannelId_Chat_ExternalId",
                table: "deliveries",
                columns: new[] { "ChannelId", "Chat", "ExternalId" },
                unique: true);
        }
    }
}

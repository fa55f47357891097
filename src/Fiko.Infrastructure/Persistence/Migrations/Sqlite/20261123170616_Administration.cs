using Fiko.Infrastructure.Persistence.Migrations.Sqlite.Sql;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fiko.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_conversations_of_customer",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "IX_conversations_open",
                table: "conversations");

            migrationBuilder.AddColumn<string>(
                name: "Attributes",
                table: "customers",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "Blocked",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Description",
                table: "customers",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Email",
                table: "customers",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastActivityAt",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "MergedInto",
                table: "customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PhoneNumber",
                table: "customers",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "customers",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "FirstCustomerId",
                table: "channel_addresses",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "customer_merges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<long>(type: "INTEGER", nullable: false),
                    TargetId = table.Column<long>(type: "INTEGER", nullable: false),
                    MergedBy = table.Column<long>(type: "INTEGER", nullable: false),
                    MergedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneBy = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Moved = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_merges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_customer_merges_workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    AuthorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_notes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_customer_notes_agents_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "agents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_customer_notes_customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "erased_chats",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    Chat = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    UpToUpdateId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_chats", x => x.Id);
                    table.ForeignKey(
                        name: "FK_erased_chats_customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Colour = table.Column<string>(type: "TEXT", unicode: false, maxLength: 7, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tags", x => x.Id);
                    table.ForeignKey(
                        name: "FK_tags_workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_tags",
                columns: table => new
                {
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    TagId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_tags", x => new { x.CustomerId, x.TagId });
                    table.ForeignKey(
                        name: "FK_customer_tags_customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_customer_tags_tags_TagId",
                        column: x => x.TagId,
                        principalTable: "tags",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_inbound_updates_of_chat",
                table: "inbound_updates",
                columns: new[] { "ChannelId", "Lane", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_customers_list",
                table: "customers",
                columns: new[] { "WorkspaceId", "CreatedAt", "Id" },
                filter: "MergedInto IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_customers_list_by_activity",
                table: "customers",
                columns: new[] { "WorkspaceId", "LastActivityAt", "Id" },
                filter: "MergedInto IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_customers_list_by_name",
                table: "customers",
                columns: new[] { "WorkspaceId", "SortName", "Id" },
                filter: "MergedInto IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_customers_MergedInto",
                table: "customers",
                column: "MergedInto",
                filter: "MergedInto IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_of_chat",
                table: "conversations",
                columns: new[] { "ChannelId", "Chat", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_conversations_open",
                table: "conversations",
                columns: new[] { "ChannelId", "Chat" },
                unique: true,
                filter: "Status <> 'Closed'");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_unread_of_customer",
                table: "conversations",
                column: "CustomerId",
                filter: "UnreadCount > 0");

            migrationBuilder.CreateIndex(
                name: "IX_customer_merges_SourceId",
                table: "customer_merges",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_merges_TargetId",
                table: "customer_merges",
                column: "TargetId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_merges_WorkspaceId",
                table: "customer_merges",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_notes_AuthorId",
                table: "customer_notes",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_notes_CustomerId_CreatedAt_Id",
                table: "customer_notes",
                columns: new[] { "CustomerId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_customer_tags_TagId_CustomerId",
                table: "customer_tags",
                columns: new[] { "TagId", "CustomerId" });

            migrationBuilder.CreateIndex(
                name: "IX_erased_chats_CustomerId",
                table: "erased_chats",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_tags_WorkspaceId_Name",
                table: "tags",
                columns: new[] { "WorkspaceId", "Name" },
                unique: true);
            CustomerColumns.Up(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            CustomerColumns.Down(migrationBuilder);
            migrationBuilder.DropTable(
                name: "customer_merges");

            migrationBuilder.DropTable(
                name: "customer_notes");

            migrationBuilder.DropTable(
                name: "customer_tags");

            migrationBuilder.DropTable(
                name: "erased_chats");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropIndex(
                name: "IX_inbound_updates_of_chat",
                table: "inbound_updates");

            migrationBuilder.DropIndex(
                name: "IX_customers_list",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "IX_customers_list_by_activity",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "IX_customers_list_by_name",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "IX_customers_MergedInto",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "IX_conversations_of_chat",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "IX_conversations_open",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "IX_conversations_unread_of_customer",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "Attributes",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "Blocked",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "Description",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "Email",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "LastActivityAt",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "PhoneNumber",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "FirstCustomerId",
                table: "channel_addresses");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_of_customer",
                table: "conversations",
                columns: new[] { "ChannelId", "CustomerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_conversations_open",
                table: "conversations",
                columns: new[] { "ChannelId", "CustomerId" },
                unique: true,
                filter: "Status <> 'Closed'");
        }
    }
}

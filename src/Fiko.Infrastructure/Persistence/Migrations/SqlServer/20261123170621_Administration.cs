using System;
using Fiko.Infrastructure.Persistence.Migrations.SqlServer.Sql;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer
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
                type: "nvarchar(max)",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "Blocked",
                table: "customers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Description",
                table: "customers",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Email",
                table: "customers",
                type: "nvarchar(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastActivityAt",
                table: "customers",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<long>(
                name: "MergedInto",
                table: "customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PhoneNumber",
                table: "customers",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "customers",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "customers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<string>(
                name: "Chat",
                table: "conversations",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200);

            migrationBuilder.AddColumn<long>(
                name: "FirstCustomerId",
                table: "channel_addresses",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "customer_merges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    SourceId = table.Column<long>(type: "bigint", nullable: false),
                    TargetId = table.Column<long>(type: "bigint", nullable: false),
                    MergedBy = table.Column<long>(type: "bigint", nullable: false),
                    MergedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    UndoneBy = table.Column<long>(type: "bigint", nullable: true),
                    UndoneAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    Moved = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    AuthorId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    EditedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    Chat = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UpToUpdateId = table.Column<long>(type: "bigint", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Colour = table.Column<string>(type: "varchar(7)", unicode: false, maxLength: 7, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    TagId = table.Column<long>(type: "bigint", nullable: false)
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

            migrationBuilder.AlterColumn<string>(
                name: "Chat",
                table: "conversations",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldCollation: "Latin1_General_100_BIN2");

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

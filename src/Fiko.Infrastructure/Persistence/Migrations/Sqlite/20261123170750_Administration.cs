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
            FullTextSearch.Up(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            FullTextSearch.Down(migrationBuilder);

        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence.Migrations.SqlServer.Sql;

/// <summary>What customers who were there before are called in order, and when they last wrote.</summary>
internal static class CustomerColumns
{
    public static void Up(MigrationBuilder m) => m.Sql(
        """
        UPDATE customers SET
            SortName = left(lower(coalesce(nullif(trim(FirstName + N' ' + LastName), N''), Username, N'')), 200),
            LastActivityAt = coalesce((SELECT max(CustomerWroteAt) FROM conversations WHERE CustomerId = customers.Id), CreatedAt)
        """);

    public static void Down(MigrationBuilder m)
    {
        // The columns go with what is in them.
    }
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>What a query reads from.</summary>
internal sealed class Roots : ExpressionVisitor
{
    public bool HasEntities { get; private set; }

    public bool HasRawSql { get; private set; }

    public static Roots Of(Expression query)
    {
        var roots = new Roots();
        roots.Visit(query);
        return roots;
    }

    protected override Expression VisitExtension(Expression node)
    {
        switch (node)
        {
            case SqlQueryRootExpression or FromSqlQueryRootExpression:
                HasRawSql = true;
                return node;
            case EntityQueryRootExpression:
                HasEntities = true;
                return node;
            default:
                return base.VisitExtension(node);
        }
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (Captured.Queryable(node) is { } captured)
        {
            Visit(captured.Expression);
            return node;
        }

        return base.VisitMember(node);
    }
}

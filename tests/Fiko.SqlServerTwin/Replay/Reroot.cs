using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>The same query, of another context. The index of words is asked in that one's own way.</summary>
internal sealed class Reroot(DbContext twin, IAsyncQueryProvider provider, Func<IQueryable<long>> found) : ExpressionVisitor
{
    protected override Expression VisitExtension(Expression node) => node switch
    {
        SqlQueryRootExpression => found().Expression,
        EntityQueryRootExpression { EntityType.Name: var name } when node.GetType() == typeof(EntityQueryRootExpression) =>
            new EntityQueryRootExpression(provider, twin.Model.FindEntityType(name) ?? throw new InvalidOperationException($"The twin has no {name}")),
        _ => base.VisitExtension(node),
    };

    protected override Expression VisitMember(MemberExpression node) =>
        Captured.Queryable(node) is { } captured ? Visit(captured.Expression) : base.VisitMember(node);

    protected override Expression VisitConstant(ConstantExpression node) => node.Value switch
    {
        IQueryable { Expression: not ConstantExpression } query => Visit(query.Expression),
        DbContext => Expression.Constant(twin, node.Type),
        _ => base.VisitConstant(node),
    };
}

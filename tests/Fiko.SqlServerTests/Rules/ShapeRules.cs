using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Groups and unions.</summary>
internal sealed class ShapeRules(ColumnTypes types, Action<string> report) : TSqlFragmentVisitor
{
    public override void Visit(BinaryQueryExpression node)
    {
        var (one, other) = (WidthOf(node.FirstQueryExpression), WidthOf(node.SecondQueryExpression));
        if (one is not null && other is not null && one != other)
        {
            report($"{node.BinaryQueryExpressionType} of {one} and {other} columns [205]");
        }
    }

    public override void Visit(QuerySpecification node)
    {
        var selected = node.SelectElements.OfType<SelectScalarExpression>().Select(e => e.Expression).ToList();
        if (node.GroupByClause is { } groups)
        {
            var keys = groups.GroupingSpecifications.OfType<ExpressionGroupingSpecification>().Select(g => Sql.Write(g.Expression)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            selected.ForEach(e => MustBeGrouped(e, keys));
        }
        else if (selected.Exists(IsAggregate))
        {
            selected.ForEach(e => MustBeGrouped(e, []));
        }
    }

    private static int? WidthOf(QueryExpression query) => query switch
    {
        QuerySpecification { SelectElements: var selected } => selected.Any(e => e is SelectStarExpression) ? null : selected.Count,
        BinaryQueryExpression both => WidthOf(both.FirstQueryExpression),
        QueryParenthesisExpression inner => WidthOf(inner.QueryExpression),
        _ => null,
    };

    private static bool IsAggregate(ScalarExpression expression) =>
        expression is FunctionCall { OverClause: null } call
        && call.FunctionName.Value.ToUpperInvariant() is ("COUNT" or "COUNT_BIG" or "SUM" or "AVG" or "MIN" or "MAX");

    private void MustBeGrouped(ScalarExpression expression, HashSet<string> keys)
    {
        if (keys.Contains(Sql.Write(expression)))
        {
            return;
        }

        switch (expression)
        {
            // Only a column that is known: in a subquery's place it may be one of the query around it.
            case ColumnReferenceExpression { ColumnType: ColumnType.Regular } when types.ColumnOf(expression) is not null:
                report($"{Sql.Write(expression)} is neither grouped nor counted [8120]");
                break;
            case BinaryExpression both:
                MustBeGrouped(both.FirstExpression, keys);
                MustBeGrouped(both.SecondExpression, keys);
                break;
            case ParenthesisExpression inner:
                MustBeGrouped(inner.Expression, keys);
                break;
            case CastCall cast:
                MustBeGrouped(cast.Parameter, keys);
                break;
            case CoalesceExpression some:
                foreach (var one in some.Expressions)
                {
                    MustBeGrouped(one, keys);
                }

                break;
        }
    }
}

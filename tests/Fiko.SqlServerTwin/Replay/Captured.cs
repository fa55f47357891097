using System.Linq.Expressions;
using System.Reflection;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>What a query's closures hold.</summary>
internal static class Captured
{
    /// <summary>The other query that a member of a closure is, if it is one.</summary>
    public static IQueryable? Queryable(MemberExpression member) =>
        typeof(IQueryable).IsAssignableFrom(member.Type) && TryRead(member, out var value) ? value as IQueryable : null;

    private static bool TryRead(Expression? expression, out object? value)
    {
        value = null;
        switch (expression)
        {
            case null:
                return true;
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case UnaryExpression { NodeType: ExpressionType.Convert } convert:
                return TryRead(convert.Operand, out value);
            case MemberExpression { Member: FieldInfo field } member when TryRead(member.Expression, out var holder):
                value = field.GetValue(holder);
                return true;
            case MemberExpression { Member: PropertyInfo property } member when TryRead(member.Expression, out var holder):
                value = property.GetValue(holder);
                return true;
            default:
                return false;
        }
    }
}

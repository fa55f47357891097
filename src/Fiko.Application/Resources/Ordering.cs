using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Resources;

/// <summary>
/// The orders in which a list can be asked for, and its pages by key: a late page costs what the first one does, and rows
/// that come or go in between neither repeat nor hide others.
/// </summary>
/// <typeparam name="T">An entity; each key must stand in an index together with its id.</typeparam>
public sealed class Ordering<T>(Expression<Func<T, long>> id)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 500;

    private readonly Dictionary<string, IOrder> _orders = [];
    private string? _default;

    /// <param name="name">The wire name of what is sorted by.</param>
    /// <param name="key">Never null: a time, a number or a text.</param>
    /// <param name="descending">Which way the list goes where nobody asks: only read of the first.</param>
    public Ordering<T> By<TKey>(string name, Expression<Func<T, TKey>> key, bool descending = false)
        where TKey : IComparable<TKey>
    {
        _default ??= descending ? $"-{name}" : name;
        _orders.Add(name, new Order<TKey>(id, key));
        return this;
    }

    /// <summary>Two queries at most: the page, and the count where it is asked for.</summary>
    /// <exception cref="RuleBrokenException">The limit, the cursor or the order is none.</exception>
    public async Task<KeyPage> PageAsync(IQueryable<T> matching, Paging paging, CancellationToken ct)
    {
        var limit = paging.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostLimit)
        {
            throw Invalid("limit");
        }

        var sort = paging.Sort ?? _default!;
        var descending = sort.StartsWith('-');
        if (!_orders.TryGetValue(descending ? sort[1..] : sort, out var order))
        {
            throw Invalid("sort");
        }

        var total = paging.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        var rows = await order.TakeAsync(matching, descending, Mark.Read(paging.Cursor, sort), limit + 1, ct);
        var next = rows.Count > limit ? new Mark(sort, rows[limit - 1].Key, rows[limit - 1].Id).ToString() : null;
        return new KeyPage([.. rows.Take(limit).Select(r => r.Id)], next, total);
    }

    private static RuleBrokenException Invalid(string field) => new("invalid_field", $"Invalid value for field '{field}'", field);

    private interface IOrder
    {
        Task<List<(long Id, JsonElement Key)>> TakeAsync(IQueryable<T> rows, bool descending, Mark? after, int count, CancellationToken ct);
    }

    private sealed class Order<TKey>(Expression<Func<T, long>> id, Expression<Func<T, TKey>> key) : IOrder
        where TKey : IComparable<TKey>
    {
        public async Task<List<(long Id, JsonElement Key)>> TakeAsync(IQueryable<T> rows, bool descending, Mark? after, int count, CancellationToken ct)
        {
            if (after is not null)
            {
                rows = rows.Where(After(after, descending));
            }

            var ordered = descending ? rows.OrderByDescending(key).ThenByDescending(id) : rows.OrderBy(key).ThenBy(id);
            var taken = await ordered.Take(count).Select(Both()).ToListAsync(ct);
            return taken.ConvertAll(r => (r.Id, JsonSerializer.SerializeToElement(r.Key)));
        }

        // key <= mark and (key < mark or id < mark's id): its first half is a range of the index that sorts.
        private Expression<Func<T, bool>> After(Mark mark, bool descending)
        {
            var row = key.Parameters[0];
            var rowId = new Swap(id.Parameters[0], row).Visit(id.Body);
            Expression<Func<TKey>> value = Bind(mark.KeyAs<TKey>());
            Expression<Func<long>> markId = Bind(mark.Id);
            var compared = typeof(TKey) == typeof(string)
                ? (Left: (Expression)Expression.Call(typeof(string), nameof(string.Compare), null, key.Body, value.Body), Right: Expression.Constant(0))
                : (Left: key.Body, Right: value.Body);
            var (notPast, before, idBefore) = descending
                ? (Expression.LessThanOrEqual(compared.Left, compared.Right), Expression.LessThan(compared.Left, compared.Right), Expression.LessThan(rowId, markId.Body))
                : (Expression.GreaterThanOrEqual(compared.Left, compared.Right), Expression.GreaterThan(compared.Left, compared.Right), Expression.GreaterThan(rowId, markId.Body));
            return Expression.Lambda<Func<T, bool>>(Expression.AndAlso(notPast, Expression.OrElse(before, idBefore)), row);
        }

        private Expression<Func<T, Row>> Both()
        {
            var row = key.Parameters[0];
            var rowId = new Swap(id.Parameters[0], row).Visit(id.Body);
            return Expression.Lambda<Func<T, Row>>(
                Expression.MemberInit(
                    Expression.New(typeof(Row)),
                    Expression.Bind(typeof(Row).GetProperty(nameof(Row.Id))!, rowId),
                    Expression.Bind(typeof(Row).GetProperty(nameof(Row.Key))!, key.Body)),
                row);
        }

        // A captured variable becomes a parameter of the statement, so that its plan is kept.
        private static Expression<Func<TValue>> Bind<TValue>(TValue value) => () => value;

        private sealed class Row
        {
            public long Id { get; set; }

            public TKey Key { get; set; } = default!;
        }
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }

    // Where a page ended: opaque to clients, and only good for the order it was made in.
    private sealed record Mark(string Sort, JsonElement Key, long Id)
    {
        public TKey KeyAs<TKey>()
        {
            try
            {
                return Key.Deserialize<TKey>() ?? throw Invalid("cursor");
            }
            catch (Exception broken) when (broken is JsonException or FormatException or NotSupportedException)
            {
                throw Invalid("cursor");
            }
        }

        public static Mark? Read(string? cursor, string sort)
        {
            if (cursor is null)
            {
                return null;
            }

            try
            {
                var mark = JsonSerializer.Deserialize<Mark>(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)));
                return mark?.Sort == sort ? mark : throw Invalid("cursor");
            }
            catch (Exception broken) when (broken is JsonException or FormatException)
            {
                throw Invalid("cursor");
            }
        }

        public override string ToString() => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));
    }
}
